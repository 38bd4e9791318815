"""What policies do to the content of messages besides replacing it: conversions, transformations, validation.

``media`` reads content types and ``Accept``, ``message`` puts new content into a message; ``json_xml`` and ``xml_json``
convert, ``xslt`` transforms; ``schemas``, ``json_schema`` and ``xml_schema`` hold content against schemas,
``operation`` knows what an API's definition says, ``errors`` what a validation error is, ``odata`` and ``graphql`` read
queries. Knows no elements.
"""
