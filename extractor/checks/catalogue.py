"""The one sorted table of checks. An id is never used again for another check; a retired one stays with its reason."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from types import ModuleType

from extractor.checks.base import Check

#: id → module below `extractor.checks`.
CHECKS: dict[str, str] = {
    "actual-missing": "indicators.actual_missing",
    "alias-consistency": "narrative.alias_consistency",
    "all-full-scores": "scores.all_full_scores",
    "all-met-claim": "narrative.all_met_claim",
    "all-paid-claim": "funds.all_paid_claim",
    "annex-listed": "documents.annex_listed",
    "approx-consistency": "sentence.approx_consistency",
    "arrival-over-budget": "funds.arrival_over_budget",
    "arrival-rate": "funds.arrival_rate",
    "average-recompute": "sentence.average_recompute",
    "bounded-rate": "sentence.bounded_rate",
    "budget-adjust-path": "funds.budget_adjust_path",
    "budget-vs-released": "funds.budget_vs_released",
    "capital-vs-digits": "funds.capital_vs_digits",
    "carryover-balance": "funds.carryover_balance",
    "central-local-split": "funds.central_local_split",
    "completion-rate": "indicators.completion_rate",
    "components-vs-table": "funds.components_vs_table",
    "cost-lower-bound": "indicators.cost_lower_bound",
    "count-of-projects": "narrative.count_of_projects",
    "cross-indicator-equal": "indicators.cross_indicator_equal",
    "cross-indicator-sum": "indicators.cross_indicator_sum",
    "date-after-period": "documents.date_after_period",
    "date-period-cover": "documents.date_period_cover",
    "date-valid": "documents.date_valid",
    "deviation-rate": "indicators.deviation_rate",
    "difference-explained": "sentence.difference_explained",
    "direction-words": "sentence.direction_words",
    "docno-form": "documents.docno_form",
    "docno-order-year-fund": "documents.docno_order_year_fund",
    "docno-own-code": "documents.docno_own_code",
    "docno-own-year": "documents.docno_own_year",
    "docno-repeat-title": "documents.docno_repeat_title",
    "docno-same-number": "documents.docno_same_number",
    "docno-year-range": "documents.docno_year_range",
    "dup-phrase": "sentence.dup_phrase",
    "duplicate-indicator": "indicators.duplicate_indicator",
    "exec-over-arrival": "funds.exec_over_arrival",
    "exec-over-budget": "funds.exec_over_budget",
    "execution-missing": "funds.execution_missing",
    "execution-rate": "funds.execution_rate",
    "execution-score-cap": "scores.execution_score_cap",
    "full-marks-with-gap": "scores.full_marks_with_gap",
    "fund-name-consistency": "narrative.fund_name_consistency",
    "fund-source-sum": "funds.fund_source_sum",
    "growth-recompute": "sentence.growth_recompute",
    "heading-sequence": "documents.heading_sequence",
    "indicator-met": "indicators.indicator_met",
    "indicator-name-unit": "indicators.indicator_name_unit",
    "indicator-type-fit": "indicators.indicator_type_fit",
    "indicator-unit-same-dim": "indicators.indicator_unit_same_dim",
    "indicator-unit-word": "indicators.indicator_unit_word",
    "inverse-direction": "indicators.inverse_direction",
    "list-count": "sentence.list_count",
    "missing-type": "indicators.missing_type",
    "multiple-wording": "sentence.multiple_wording",
    "narrative-vs-annex": "narrative.narrative_vs_annex",
    "narrative-vs-indicator-number": "narrative.narrative_vs_indicator_number",
    "near-dup-name": "sentence.near_dup_name",
    "no-deviation-claim": "narrative.no_deviation_claim",
    "number-format": "sentence.number_format",
    "ordinal-sequence": "sentence.ordinal_sequence",
    "overachieve": "indicators.overachieve",
    "overachieve-unexplained": "indicators.overachieve_unexplained",
    "pct-vs-point": "sentence.pct_vs_point",
    "problem-vs-score": "narrative.problem_vs_score",
    "qualitative-grade-word": "indicators.qualitative_grade_word",
    "range-order": "sentence.range_order",
    "rate-vs-levels-indicators": "indicators.rate_vs_levels_indicators",
    "reason-vs-score": "scores.reason_vs_score",
    "scale-slip": "funds.scale_slip",
    "score-ahead-of-spending": "scores.score_ahead_of_spending",
    "score-cap": "scores.score_cap",
    "score-execution": "scores.score_execution",
    "score-grade": "scores.score_grade",
    "score-indicator": "scores.score_indicator",
    "score-narrative": "scores.score_narrative",
    "score-total": "scores.score_total",
    "share-recompute": "sentence.share_recompute",
    "some-all-words": "narrative.some_all_words",
    "sub-indicator-bound": "indicators.sub_indicator_bound",
    "subset-bound": "sentence.subset_bound",
    "sum-parts": "funds.sum_parts",
    "target-equals-actual-all": "indicators.target_equals_actual_all",
    "template-residue": "narrative.template_residue",
    "time-target-met": "indicators.time_target_met",
    "total-restated": "funds.total_restated",
    "typo-candidates": "narrative.typo_candidates",
    "under-unexplained": "indicators.under_unexplained",
    "unit-missing-amount": "funds.unit_missing_amount",
    "unit-price-recompute": "sentence.unit_price_recompute",
    "unspent-full-marks": "scores.unspent_full_marks",
    "weight-group-sum": "scores.weight_group_sum",
    "weight-sum": "scores.weight_sum",
    "year-title-body": "documents.year_title_body",
    "zero-target": "indicators.zero_target",
}

#: Ids that were used once and stand for no check any more, with the reason.
RETIRED: dict[str, str] = {}


@cache
def module(check_id: str) -> ModuleType:
    """The module of a check. Raises KeyError where there is no check of this id."""
    return import_module(f"extractor.checks.{CHECKS[check_id]}")


def check(check_id: str) -> Check:
    """The check of this id."""
    found: Check = module(check_id).CHECK
    return found
