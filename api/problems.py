"""Every error that the API answers: its code, its status, and its words in Chinese and English.

The codes are stable: clients may branch on them. The words may be improved at any time.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """What one code means; the detail texts are templates over the problem's own members."""

    status: int
    title_zh: str
    title_en: str
    detail_zh: str
    detail_en: str


PROBLEMS: dict[str, ProblemKind] = {
    "unknown_parameter": ProblemKind(
        400,
        "未知参数",
        "Unknown parameter",
        "未知参数 {param}。可用：{allowed}",
        "Unknown parameter {param}. Allowed: {allowed}",
    ),
    "repeated_parameter": ProblemKind(
        400,
        "参数重复",
        "Repeated parameter",
        "参数 {param} 只能出现一次",
        "Parameter {param} may be given only once",
    ),
    "invalid_value": ProblemKind(
        400,
        "参数值无效",
        "Invalid value",
        "参数 {param} 的值“{value}”无效。可用：{allowed}",
        "Parameter {param} does not take “{value}”. Allowed: {allowed}",
    ),
    "invalid_parameters": ProblemKind(
        400,
        "多个参数无效",
        "Several invalid parameters",
        "有 {count} 个参数无效，逐项见 errors",
        "{count} parameters are invalid; see errors for each",
    ),
    "conflicting_parameters": ProblemKind(
        400,
        "参数不能同用",
        "Conflicting parameters",
        "参数 {param} 不能与 {value} 同用",
        "Parameter {param} cannot be used together with {value}",
    ),
    "missing_parameter": ProblemKind(
        400,
        "缺少参数",
        "Missing parameter",
        "参数 {param} 须与 {value} 同用",
        "Parameter {param} is of use only together with {value}",
    ),
    "wrong_number_of_values": ProblemKind(
        400,
        "值的个数不对",
        "Wrong number of values",
        "参数 {param} 须给出 {allowed} 个不同的值，这里有 {value} 个",
        "Parameter {param} takes {allowed} different values, not {value}",
    ),
    "invalid_cursor": ProblemKind(
        400,
        "游标无效",
        "Invalid cursor",
        "参数 cursor 的值无法读取，或不属于这一排序。请从第一页重新开始",
        "The cursor cannot be read or belongs to another ordering. Start again from the first page",
    ),
    "unknown_place": ProblemKind(
        400,
        "未知地名",
        "Unknown place",
        "参数 {param} 的值“{value}”不是已知的地名、别名或六位代码。相近的有：{suggestions}",
        "Parameter {param}: no place has the name, alias or code “{value}”. Near names: {suggestions}",
    ),
    "ambiguous_place": ProblemKind(
        400,
        "地名有多种所指",
        "Ambiguous place",
        "参数 {param} 的值“{value}”可指多个地方，请改用代码或编号：{suggestions}",
        "Parameter {param}: “{value}” names several places; use a code or an id: {suggestions}",
    ),
    "ambiguous_name": ProblemKind(
        400,
        "名称有多种所指",
        "Ambiguous name",
        "参数 {param} 的值“{value}”可指多个记录，请改用编号：{suggestions}",
        "Parameter {param}: “{value}” names several records; use an id: {suggestions}",
    ),
    "unknown_name": ProblemKind(
        400,
        "未知名称",
        "Unknown name",
        "参数 {param} 的值“{value}”不是已知的名称、别名或编号。相近的有：{suggestions}",
        "Parameter {param}: “{value}” is no known name, alias or id. Near names: {suggestions}",
    ),
    "invalid_body": ProblemKind(
        400,
        "提交内容无效",
        "Invalid content",
        "提交的内容有 {count} 处错误，逐项见 errors",
        "The content has {count} errors; see errors for each",
    ),
    "parse_error": ProblemKind(
        400,
        "请求内容无法解析",
        "Malformed request",
        "请求内容无法解析：{reason}",
        "The request cannot be parsed: {reason}",
    ),
    "bad_request": ProblemKind(400, "请求无效", "Bad request", "请求无效：{reason}", "Bad request: {reason}"),
    "not_authenticated": ProblemKind(
        401,
        "需要登录",
        "Sign-in required",
        "请登录，或发送 Authorization: Bearer 令牌",
        "Sign in, or send Authorization: Bearer with a token",
    ),
    "authentication_failed": ProblemKind(
        401,
        "身份验证失败",
        "Authentication failed",
        "令牌或密码无效，或已过期",
        "The token or password is wrong or has expired",
    ),
    "permission_denied": ProblemKind(
        403,
        "没有权限",
        "Permission denied",
        "{reason}",
        "{reason}",
    ),
    "not_found": ProblemKind(404, "找不到", "Not found", "{path} 不存在", "{path} does not exist"),
    "method_not_allowed": ProblemKind(
        405,
        "不支持的方法",
        "Method not allowed",
        "此地址不支持 {method}",
        "This address does not support {method}",
    ),
    "not_acceptable": ProblemKind(
        406,
        "没有所要的格式",
        "Not acceptable",
        "没有所要的格式。可用：{allowed}",
        "The requested format is not available. Allowed: {allowed}",
    ),
    "conflict": ProblemKind(409, "与现有记录冲突", "Conflict", "{reason}", "{reason}"),
    "precondition_failed": ProblemKind(
        412,
        "记录已被修改",
        "Precondition failed",
        "If-Match 与当前版本不符，记录已被他人修改。请重新读取后再提交",
        "If-Match does not fit the present version: the record has changed. Read it again, then submit",
    ),
    "unreadable_page": ProblemKind(
        400,
        "读不出文字",
        "Unreadable page",
        "从提交的版面中读不出文字：{reason}",
        "No text can be read from the page: {reason}",
    ),
    "payload_too_large": ProblemKind(
        413,
        "内容过大",
        "Content too large",
        "提交的内容超过上限 {limit} 字节",
        "The content exceeds the limit of {limit} bytes",
    ),
    "unsupported_media_type": ProblemKind(
        415,
        "不支持的内容类型",
        "Unsupported media type",
        "不支持内容类型 {media_type}。可用：{allowed}",
        "The content type {media_type} is not supported. Allowed: {allowed}",
    ),
    "precondition_required": ProblemKind(
        428,
        "需要 If-Match",
        "Precondition required",
        "修改和删除须带 If-Match 头，其值为读取时的 ETag",
        "Changes and deletions need the header If-Match with the ETag that was read",
    ),
    "throttled": ProblemKind(
        429,
        "请求过于频繁",
        "Too many requests",
        "请求过于频繁，请在 {wait} 秒后重试",
        "Too many requests; try again in {wait} seconds",
    ),
    "server_error": ProblemKind(
        500,
        "服务器内部错误",
        "Internal error",
        "服务器出错，已记录。请求编号见 X-Request-ID",
        "The server failed and has logged it; see X-Request-ID",
    ),
    "queue_full": ProblemKind(
        503,
        "排队的版面已满",
        "Import queue full",
        "已有 {limit} 个版面在排队，这一个没有收下。请在 {wait} 秒后重试",
        "{limit} pages wait to be imported; this one was not taken. Try again in {wait} seconds",
    ),
    "database_unavailable": ProblemKind(
        503,
        "数据库暂时不能使用",
        "Database unavailable",
        "数据库暂时不能使用，没有改动任何记录。请在 {wait} 秒后重试",
        "The database cannot be used at the moment; no record was changed. Try again in {wait} seconds",
    ),
}
