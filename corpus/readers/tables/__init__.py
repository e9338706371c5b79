"""Tables of pages: of PDF and OFD files and of scans."""
