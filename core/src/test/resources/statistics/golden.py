"""Makes golden.json: what SciPy, NumPy and statsmodels say of made-up data, for StatisticsGoldenTest.

    python -m venv /tmp/v && /tmp/v/bin/pip install numpy scipy statsmodels && /tmp/v/bin/python golden.py > golden.json
"""
import itertools
import json

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests

random = np.random.default_rng(20261123)


def f1(predicted, expected):
    hits = np.sum((predicted == 1) & (expected == 1))
    total = np.sum(predicted == 1) + np.sum(expected == 1)
    return 0.0 if total == 0 else 2 * hits / total


def matthews(predicted, expected):
    """Gorodkin's R_K: the correlation of one-hot vectors."""
    classes = np.union1d(predicted, expected)
    x = (predicted[:, None] == classes).astype(float)
    y = (expected[:, None] == classes).astype(float)
    cov = lambda a, b: np.sum((a - a.mean(0)) * (b - b.mean(0)))
    whole = np.sqrt(cov(x, x) * cov(y, y))
    return 0.0 if whole == 0 else cov(x, y) / whole


METRICS = {
    "accuracy": lambda p, e: np.mean(p == e),
    "f1": f1,
    "matthews": matthews,
    "pearson": lambda p, e: stats.pearsonr(p, e).statistic,
    "spearman": lambda p, e: stats.spearmanr(p, e).statistic,
}


def metric_cases():
    cases = []
    for name in METRICS:
        for classes in (2, 3):
            n = 60
            if name in ("pearson", "spearman"):
                expected = np.round(random.uniform(0, 5, n), 0 if classes == 2 else 1)  # with ties
                predicted = np.round(expected + random.normal(0, 1, n), 1)
            else:
                expected = random.integers(0, classes, n).astype(float)
                predicted = np.where(random.uniform(size=n) < 0.7, expected, random.integers(0, classes, n)).astype(float)
            counts = np.bincount(random.integers(0, n, n), minlength=n)
            rows = np.repeat(np.arange(n), counts)
            cases.append({
                "metric": name,
                "predicted": predicted.tolist(),
                "expected": expected.tolist(),
                "counts": counts.tolist(),
                "value": float(METRICS[name](predicted[rows], expected[rows])),
            })
    return cases


def bootstrap_cases():
    """The multi-bootstrap as Sellam et al. (2022) describe it, with all that is drawn written down."""
    cases = []
    for paired, first_seeds, second_seeds, margin in ((True, 7, 7, 0.05), (False, 6, 4, 0.02)):
        n, replicates = 50, 40
        expected = random.integers(0, 2, n).astype(float)
        answers = lambda seeds, skill: np.where(random.uniform(size=(seeds, n)) < skill, expected, 1 - expected)
        first, second = answers(first_seeds, 0.7), answers(second_seeds, 0.78)
        examples = random.integers(0, n, (replicates, n))
        draws = [random.integers(0, first_seeds, (replicates, first_seeds)),
                 random.integers(0, second_seeds, (replicates, second_seeds))]
        if paired:
            draws[1] = draws[0]
        effects = []
        for b in range(replicates):
            score = lambda answer: f1(answer[examples[b]], expected[examples[b]])
            effects.append(np.mean([score(second[s]) for s in draws[1][b]])
                           - np.mean([score(first[s]) for s in draws[0][b]]))
        effects = np.array(effects)
        smaller = min(np.sum(effects <= 0), np.sum(effects >= 0))
        outside = max(np.sum(effects <= -margin), np.sum(effects >= margin))
        low, high = np.quantile(effects, [0.025, 0.975])
        cases.append({
            "paired": paired,
            "margin": margin,
            "expected": expected.tolist(),
            "first": first.tolist(),
            "second": second.tolist(),
            "examples": [np.bincount(row, minlength=n).tolist() for row in examples],
            "seedsOfFirst": draws[0].tolist(),
            "seedsOfSecond": draws[1].tolist(),
            "effect": float(np.mean([f1(a, expected) for a in second]) - np.mean([f1(a, expected) for a in first])),
            "low": float(low),
            "high": float(high),
            "p": float(min(1, 2 * (smaller + 1) / (replicates + 1))),
            "equivalence": float((outside + 1) / (replicates + 1)),
            "detectable": float(np.std(effects, ddof=1) * (stats.norm.ppf(0.975) + stats.norm.ppf(0.8))),
        })
    return cases


def t_cases():
    cases = []
    for paired, n, m, margin in ((True, 6, 6, 0.02), (False, 7, 5, 0.05), (True, 3, 3, 0.01)):
        first = random.normal(0.80, 0.02, n)
        second = random.normal(0.81, 0.03, m)
        if paired:
            test = stats.ttest_rel(second, first)
            lower = stats.ttest_rel(second + margin, first, alternative="greater").pvalue
            upper = stats.ttest_rel(second - margin, first, alternative="less").pvalue
            error = stats.sem(second - first)
        else:
            test = stats.ttest_ind(second, first, equal_var=False)
            lower = stats.ttest_ind(second + margin, first, equal_var=False, alternative="greater").pvalue
            upper = stats.ttest_ind(second - margin, first, equal_var=False, alternative="less").pvalue
            error = np.sqrt(first.var(ddof=1) / n + second.var(ddof=1) / m)
        interval = test.confidence_interval(0.95)
        cases.append({
            "paired": paired,
            "margin": margin,
            "first": first.tolist(),
            "second": second.tolist(),
            "effect": float(second.mean() - first.mean()),
            "low": float(interval.low),
            "high": float(interval.high),
            "p": float(test.pvalue),
            "equivalence": float(max(lower, upper)),
            "detectable": float(error * (stats.t.ppf(0.975, test.df) + stats.t.ppf(0.8, test.df))),
        })
    return cases


def aggregate_cases():
    cases = []
    for n in (2, 5, 10):
        values = random.normal(0.6, 0.05, n)
        low, high = stats.t.interval(0.95, n - 1, loc=values.mean(), scale=stats.sem(values))
        cases.append({"values": values.tolist(), "mean": float(values.mean()), "deviation": float(values.std(ddof=1)),
                      "low": float(low), "high": float(high)})
    return cases


def holm_cases():
    lists = [[0.01, 0.04, 0.03], [0.5, 0.9, 0.0001, 0.02, 0.02, 0.3], [0.05], random.uniform(size=12).tolist()]
    return [{"p": p, "adjusted": multipletests(p, method="holm")[1].tolist()} for p in lists]


def best_cases():
    """The best of n draws by going through all that could be drawn, not by a formula."""
    cases = []
    for size, budget in ((4, 1), (4, 3), (5, 4), (3, 6)):
        scores = np.round(random.uniform(0.5, 0.9, size), 3)
        best = np.array([max(draw) for draw in itertools.product(scores, repeat=budget)])
        cases.append({"scores": scores.tolist(), "budget": budget, "mean": float(best.mean()), "deviation": float(best.std())})
    return cases


print(json.dumps({
    "metrics": metric_cases(),
    "bootstrap": bootstrap_cases(),
    "t": t_cases(),
    "aggregates": aggregate_cases(),
    "holm": holm_cases(),
    "best": best_cases(),
}))
