-- The views, made anew whenever the schema changes. The comment above a view describes it.

-- The inconsistent verdicts that were not dismissed. Those with a cause_seq follow from another one: they are no
-- findings of their own.
CREATE VIEW findings AS
SELECT v.*
FROM verdicts v
WHERE v.outcome = 'inconsistent'
  AND NOT EXISTS (
      SELECT 1 FROM dismissals x
      WHERE x.finding_id = v.finding_id
        AND (x.document_id = v.document_id
             OR x.path = (SELECT any_value(d.path) FROM documents d WHERE d.document_id = v.document_id))
  );

-- Reports: one row a file.
CREATE VIEW "报告" AS
SELECT
    d.title AS "标题",
    d.issuer AS "发文单位",
    d.region AS "地区",
    d.doc_number AS "文号",
    d.issued_on AS "日期",
    d.page_count AS "页数",
    (SELECT count(*) FROM evaluations e WHERE e.document_id = d.document_id) AS "评价数",
    (SELECT count(*) FROM findings f WHERE f.document_id = d.document_id AND f.cause_seq IS NULL) AS "问题数",
    (SELECT count(*) FROM gaps g WHERE g.document_id = d.document_id) AS "未读数",
    parse_filename(d.path) AS "文件",
    d.path AS "路径",
    d.document_id AS "报告编号",
    d.imported_at AS "导入时间"
FROM documents d;

-- Evaluations: one row a fund or project.
CREATE VIEW "评价" AS
SELECT
    e.fiscal_year AS "年度",
    e.subject AS "项目名称",
    e.region AS "地区",
    e.department AS "主管部门",
    e.unit AS "实施单位",
    e.total_score AS "总分",
    e.grade AS "等级",
    d.title AS "标题",
    parse_filename(d.path) AS "文件",
    e.page AS "页码",
    e.evaluation_id AS "评价编号",
    e.document_id AS "报告编号"
FROM evaluations e JOIN documents d USING (document_id);

-- Document numbers, own and cited.
CREATE VIEW "文号" AS
SELECT
    e.fiscal_year AS "年度",
    e.subject AS "项目名称",
    n.normalized AS "文号",
    CASE n.role WHEN 'own' THEN '本文' ELSE '引用' END AS "性质",
    n.agency_code AS "机关代字",
    n.year AS "发文年份",
    n.number AS "序号",
    n.raw AS "原文",
    parse_filename(d.path) AS "文件",
    n.page AS "页码",
    n.evaluation_id AS "评价编号",
    n.document_id AS "报告编号"
FROM doc_numbers n
JOIN documents d USING (document_id)
LEFT JOIN evaluations e ON e.evaluation_id = n.evaluation_id;

-- Funds: amounts of the evaluated money and the total that each is a part of.
CREATE VIEW "资金" AS
SELECT
    e.fiscal_year AS "年度",
    e.subject AS "项目名称",
    f.label AS "资金名称",
    CASE f.role WHEN 'budget' THEN '预算' WHEN 'received' THEN '到位' WHEN 'spent' THEN '支出'
                WHEN 'carryover' THEN '结转结余' ELSE '其他' END AS "类别",
    f.value AS "数额",
    f.unit AS "单位",
    f.yuan AS "金额元",
    t.label AS "上级资金",
    f.doc_numbers AS "依据文号",
    f.raw AS "原文",
    parse_filename(d.path) AS "文件",
    f.page AS "页码",
    f.seq AS "序号",
    f.parent_seq AS "上级序号",
    f.evaluation_id AS "评价编号",
    f.document_id AS "报告编号"
FROM funds f
JOIN documents d USING (document_id)
LEFT JOIN evaluations e ON e.evaluation_id = f.evaluation_id
LEFT JOIN funds t ON t.document_id = f.document_id AND t.seq = f.parent_seq;

-- Indicators with target and actual value.
CREATE VIEW "指标" AS
SELECT
    e.fiscal_year AS "年度",
    e.subject AS "项目名称",
    i.level1 AS "一级指标",
    i.level2 AS "二级指标",
    i.name AS "指标名称",
    i.operator AS "符号",
    i.target_value AS "目标值",
    i.target_unit AS "目标单位",
    i.actual_value AS "实际值",
    i.actual_unit AS "实际单位",
    CASE i.status WHEN 'met' THEN '完成' WHEN 'partly' THEN '部分完成'
                  WHEN 'unmet' THEN '未完成' END AS "完成情况",
    i.max_score AS "分值",
    i.score AS "得分",
    i.reason AS "偏差原因",
    i.target_raw AS "目标原文",
    i.actual_raw AS "实际原文",
    parse_filename(d.path) AS "文件",
    i.page AS "页码",
    i.seq AS "序号",
    i.evaluation_id AS "评价编号",
    i.document_id AS "报告编号"
FROM indicators i
JOIN documents d USING (document_id)
LEFT JOIN evaluations e ON e.evaluation_id = i.evaluation_id;

-- Findings: every place where figures contradict each other.
CREATE VIEW "问题" AS
SELECT
    e.fiscal_year AS "年度",
    e.subject AS "项目名称",
    CASE f.severity WHEN 'error' THEN '错误' WHEN 'warning' THEN '警告' ELSE '提示' END AS "级别",
    f.check_id AS "核对项",
    f.message AS "说明",
    f.formula AS "算式",
    f.expected AS "应为",
    f.actual AS "实为",
    f.difference AS "相差",
    f.tolerance AS "容差",
    f.hint AS "提示",
    f.evidence ->> '$[0].quote' AS "原文",
    parse_filename(d.path) AS "文件",
    CAST(f.evidence ->> '$[0].page' AS INTEGER) AS "页码",
    f.finding_id AS "问题编号",
    (SELECT c.finding_id FROM verdicts c WHERE c.document_id = f.document_id AND c.seq = f.cause_seq) AS "源于问题",
    f.evaluation_id AS "评价编号",
    f.document_id AS "报告编号"
FROM findings f
JOIN documents d USING (document_id)
LEFT JOIN evaluations e ON e.evaluation_id = f.evaluation_id;

-- Indicators over the years: one row a year of a series, with the change on the year before. Changes and completion are
-- percentages to two places, NULL where a figure is missing, is zero below the line, or has another unit.
CREATE VIEW indicator_history AS
SELECT
    s.series_key,
    s.fund_key,
    coalesce(e.region, d.region) AS region,
    e.department,
    coalesce(e.subject, d.title) AS fund,
    i.level1,
    i.level2,
    i.name,
    s.fiscal_year,
    i.operator,
    i.target_raw,
    i.target_value,
    i.target_unit,
    i.actual_raw,
    i.actual_value,
    i.actual_unit,
    CASE WHEN i.target_value <> 0 AND coalesce(i.actual_unit, i.target_unit) IS NOT DISTINCT FROM i.target_unit
        THEN TRY_CAST(round(CAST(i.actual_value AS DOUBLE) * 100 / i.target_value, 2) AS DECIMAL(38, 2)) END AS completion,
    CASE WHEN b.target_value <> 0 AND b.target_unit IS NOT DISTINCT FROM i.target_unit
        THEN TRY_CAST(round(CAST(i.target_value - b.target_value AS DOUBLE) * 100 / b.target_value, 2) AS DECIMAL(38, 2))
        END AS target_change,
    CASE WHEN b.actual_value <> 0 AND coalesce(b.actual_unit, b.target_unit) IS NOT DISTINCT FROM
            coalesce(i.actual_unit, i.target_unit)
        THEN TRY_CAST(round(CAST(i.actual_value - b.actual_value AS DOUBLE) * 100 / b.actual_value, 2) AS DECIMAL(38, 2))
        END AS actual_change,
    i.status,
    i.max_score,
    i.score,
    parse_filename(d.path) AS file,
    d.path,
    i.page,
    s.document_id,
    s.evaluation_id,
    s.seq
FROM series s
JOIN indicators i ON i.document_id = s.document_id AND i.seq = s.seq
JOIN evaluations e ON e.evaluation_id = s.evaluation_id
JOIN documents d ON d.document_id = s.document_id
LEFT JOIN indicators b ON b.document_id = s.before_document_id AND b.seq = s.before_seq
WHERE s.kind = 'indicator' AND s.main AND s.fiscal_year IS NOT NULL;

-- Funds over the years: one row a year, with the change on the year before. Of each kind of money it is the largest
-- that is no part of another: of a form before that of running text, the budget as adjusted before the initial one.
CREATE VIEW fund_history AS
WITH money AS (
    SELECT
        evaluation_id,
        arg_min(yuan, place) FILTER (role = 'budget') AS budget,
        arg_min(yuan, place) FILTER (role = 'received') AS received,
        arg_min(yuan, place) FILTER (role = 'spent') AS spent
    FROM (
        SELECT
            evaluation_id, role, yuan,
            CAST(CASE source WHEN 'table' THEN 0 ELSE 2 END + CASE column_name WHEN 'initial_budget' THEN 1 ELSE 0 END
                AS DECIMAL(38, 2)) * 100000000000000000 - yuan AS place
        FROM funds
        WHERE parent_seq IS NULL AND yuan IS NOT NULL AND evaluation_id IS NOT NULL
    )
    GROUP BY evaluation_id
)
SELECT
    s.series_key,
    coalesce(e.region, d.region) AS region,
    e.department,
    coalesce(e.subject, d.title) AS fund,
    s.fiscal_year,
    m.budget,
    m.received,
    m.spent,
    CASE WHEN m.budget <> 0 THEN TRY_CAST(round(CAST(m.spent AS DOUBLE) * 100 / m.budget, 2) AS DECIMAL(38, 2)) END AS execution,
    CASE WHEN bm.budget <> 0
        THEN TRY_CAST(round(CAST(m.budget - bm.budget AS DOUBLE) * 100 / bm.budget, 2) AS DECIMAL(38, 2)) END AS budget_change,
    CASE WHEN bm.spent <> 0
        THEN TRY_CAST(round(CAST(m.spent - bm.spent AS DOUBLE) * 100 / bm.spent, 2) AS DECIMAL(38, 2)) END AS spent_change,
    e.total_score,
    e.grade,
    parse_filename(d.path) AS file,
    d.path,
    e.page,
    s.document_id,
    s.evaluation_id
FROM series s
JOIN evaluations e ON e.evaluation_id = s.evaluation_id
JOIN documents d ON d.document_id = s.document_id
LEFT JOIN money m ON m.evaluation_id = s.evaluation_id
LEFT JOIN money bm ON bm.evaluation_id = s.before_document_id || '-' || s.before_seq
WHERE s.kind = 'fund' AND s.main AND s.fiscal_year IS NOT NULL;

-- Document numbers and where they are used: one row each time that one is printed, with the money that rests on it.
CREATE VIEW doc_number_uses AS
WITH resting AS (
    SELECT document_id, normalized, arg_min(yuan, seq) AS amount
    FROM (SELECT document_id, seq, yuan, unnest(doc_numbers) AS normalized FROM funds)
    GROUP BY document_id, normalized
)
SELECT
    n.normalized,
    n.agency_code,
    n.year,
    n.number,
    n.role,
    e.fiscal_year,
    coalesce(e.region, d.region) AS region,
    e.department,
    coalesce(e.subject, d.title) AS fund,
    r.amount,
    n.raw,
    d.title,
    parse_filename(d.path) AS file,
    d.path,
    n.page,
    n.document_id,
    n.evaluation_id,
    n.seq
FROM doc_numbers n
JOIN documents d ON d.document_id = n.document_id
LEFT JOIN evaluations e ON e.evaluation_id = n.evaluation_id
LEFT JOIN resting r ON r.document_id = n.document_id AND r.normalized = n.normalized;

-- Indicators over the years: see indicator_history.
CREATE VIEW "指标历年" AS
SELECT
    region AS "地区",
    department AS "主管部门",
    fund AS "项目名称",
    level1 AS "一级指标",
    level2 AS "二级指标",
    name AS "指标名称",
    fiscal_year AS "年度",
    operator AS "符号",
    target_value AS "目标值",
    target_unit AS "目标单位",
    actual_value AS "实际值",
    actual_unit AS "实际单位",
    completion AS "完成率",
    target_change AS "目标增减",
    actual_change AS "实际增减",
    CASE status WHEN 'met' THEN '完成' WHEN 'partly' THEN '部分完成' WHEN 'unmet' THEN '未完成' END AS "完成情况",
    score AS "得分",
    max_score AS "分值",
    target_raw AS "目标原文",
    actual_raw AS "实际原文",
    file AS "文件",
    page AS "页码",
    series_key AS "指标系列",
    fund_key AS "资金系列",
    evaluation_id AS "评价编号",
    document_id AS "报告编号"
FROM indicator_history;

-- Funds over the years: see fund_history.
CREATE VIEW "资金历年" AS
SELECT
    region AS "地区",
    department AS "主管部门",
    fund AS "项目名称",
    fiscal_year AS "年度",
    budget AS "预算元",
    received AS "到位元",
    spent AS "支出元",
    execution AS "执行率",
    budget_change AS "预算增减",
    spent_change AS "支出增减",
    total_score AS "总分",
    grade AS "等级",
    file AS "文件",
    page AS "页码",
    series_key AS "资金系列",
    evaluation_id AS "评价编号",
    document_id AS "报告编号"
FROM fund_history;

-- Document numbers and where they are used: see doc_number_uses.
CREATE VIEW "文号引用" AS
SELECT
    normalized AS "文号",
    agency_code AS "机关代字",
    year AS "发文年份",
    CASE role WHEN 'own' THEN '本文' ELSE '引用' END AS "性质",
    fiscal_year AS "年度",
    region AS "地区",
    department AS "主管部门",
    fund AS "项目名称",
    amount AS "金额元",
    raw AS "原文",
    title AS "标题",
    file AS "文件",
    page AS "页码",
    evaluation_id AS "评价编号",
    document_id AS "报告编号"
FROM doc_number_uses;
