"""One module per command: options -> api -> report -> exit code. The only code that prints or exits."""
