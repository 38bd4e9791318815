"""Files of requests: JSON, the ``.http`` files of editors' REST clients, and HAR, read into requests in their order."""
