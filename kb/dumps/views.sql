-- Views in Chinese over the published tables; rejected records are left out.

CREATE VIEW "举措一览" AS
SELECT i.id AS "编号", i.name AS "名称", l.label AS "类别", c.name AS "盟市", i.started_on AS "开始日期",
    i.started_text AS "开始日期原文",
    (SELECT group_concat(o.name, '、') FROM initiative_organisers x JOIN organisation o ON o.id = x.organisation_id
     WHERE x.initiative_id = i.id) AS "组织者",
    (SELECT group_concat(p.name, '、') FROM initiative_places x JOIN place p ON p.id = x.place_id
     WHERE x.initiative_id = i.id) AS "地点"
FROM initiative i
LEFT JOIN place c ON c.id = i.city_id
LEFT JOIN label l ON l.list = 'InitiativeKind' AND l.value = i.kind
WHERE i.state = 'asserted';

CREATE VIEW "数据一览" AS
SELECT m.id AS "编号", m.text AS "原文", m.value AS "数值", m.upper AS "上限", m.unit AS "单位", q.label AS "限定",
    m.subject AS "统计对象", s.label AS "完成情况", m.as_of_on AS "截至", i.name AS "举措", o.name AS "组织",
    p.name AS "地点", c.name AS "盟市", a.title AS "文章"
FROM metric m
JOIN article a ON a.id = m.article_id
LEFT JOIN initiative i ON i.id = m.initiative_id
LEFT JOIN organisation o ON o.id = m.organisation_id
LEFT JOIN place p ON p.id = m.place_id
LEFT JOIN place c ON c.id = m.city_id
LEFT JOIN label q ON q.list = 'Qualifier' AND q.value = m.qualifier
LEFT JOIN label s ON s.list = 'MetricStatus' AND s.value = m.status
WHERE m.state = 'asserted';

CREATE VIEW "组织一览" AS
SELECT o.id AS "编号", o.name AS "名称", l.label AS "类别", p.name AS "所在地", c.name AS "盟市", u.name AS "上级组织"
FROM organisation o
LEFT JOIN place p ON p.id = o.place_id
LEFT JOIN place c ON c.id = o.city_id
LEFT JOIN organisation u ON u.id = o.parent_id
LEFT JOIN label l ON l.list = 'OrganisationCategory' AND l.value = o.category
WHERE o.state = 'asserted';

CREATE VIEW "地名一览" AS
SELECT p.id AS "编号", p.name AS "名称", p.code AS "代码", l.label AS "级别", u.name AS "上级", c.name AS "盟市",
    p.longitude AS longitude, p.latitude AS latitude
FROM place p
LEFT JOIN place u ON u.id = p.parent_id
LEFT JOIN place c ON c.id = p.city_id
LEFT JOIN label l ON l.list = 'PlaceLevel' AND l.value = p.level
WHERE p.state = 'asserted';

CREATE VIEW "文章一览" AS
SELECT a.id AS "编号", a.title AS "标题", l.label AS "体裁", a."column" AS "栏目", c.name AS "盟市", b.name AS "报刊",
    g.issue_date AS "出版日期", a.body AS "正文"
FROM article a
JOIN page g ON g.id = a.page_id
LEFT JOIN publication b ON b.id = g.publication_id
LEFT JOIN place c ON c.id = a.city_id
LEFT JOIN label l ON l.list = 'ArticleKind' AND l.value = a.kind
WHERE a.state = 'asserted';
