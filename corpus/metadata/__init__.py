"""文号, 文种, 机关, 日期, 地区, 主送: what is known of a document, with where it was read."""
