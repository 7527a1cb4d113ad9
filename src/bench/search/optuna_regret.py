"""Optuna's side of regret.sh: the best of 100 points less the minimum, by TPESampler as it comes and in its univariate form."""

import sys

import numpy as np
import optuna

POINTS, SEEDS = 100, 50
ALPHA = np.array([1.0, 1.2, 3.0, 3.2])
A = np.array([[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]])
P = 1e-4 * np.array(
    [
        [1312, 1696, 5569, 124, 8283, 5886],
        [2329, 4135, 8307, 3736, 1004, 9991],
        [2348, 1451, 3522, 2883, 3047, 6650],
        [4047, 8828, 8732, 5743, 1091, 381],
    ]
)


def box(trial, dimensions, low, high):
    return np.array([trial.suggest_float(f"x{i}", low, high) for i in range(dimensions)])


def branin(trial):
    x, y = trial.suggest_float("x0", -5, 10), trial.suggest_float("x1", 0, 15)
    b = y - 5.1 / (4 * np.pi**2) * x * x + 5 / np.pi * x - 6
    return b * b + 10 * (1 - 1 / (8 * np.pi)) * np.cos(x) + 10 - 0.39788735772973816


def hartmann6(trial):
    x = box(trial, 6, 0, 1)
    return 3.322368011391339 - float(ALPHA @ np.exp(-(A * (x - P) ** 2).sum(1)))


def rosenbrock4(trial):
    x = box(trial, 4, -2, 2)
    return float((100 * (x[1:] - x[:-1] ** 2) ** 2 + (1 - x[:-1]) ** 2).sum())


def ackley5(trial):
    x = box(trial, 5, -10, 15)
    return float(-20 * np.exp(-0.2 * np.sqrt((x * x).mean())) - np.exp(np.cos(2 * np.pi * x).mean()) + 20 + np.e)


def mixed(trial):
    method = trial.suggest_categorical("method", [0, 1, 2])
    of_method = 0.30
    if method == 1:
        of_method = ((trial.suggest_int("size1", 48, 300, step=6) - 204) / 150) ** 2
    elif method == 2:
        of_method = 0.05 + ((trial.suggest_int("size2", 4, 128) - 64) / 80) ** 2
    rate = trial.suggest_float("rate", 1e-6, 1e-2, log=True)
    warmup = trial.suggest_float("warmup", 0, 0.5)
    batch = trial.suggest_categorical("batch", [8, 16, 32, 64])
    best = 2e-5 if method == 0 else 3e-4
    return of_method + 0.5 * np.log10(rate / best) ** 2 + (warmup - 0.1) ** 2 + {16: 0, 32: 0.02}.get(batch, 0.1)


METHODS = {"optuna": {}, "optuna univariate": {"multivariate": False}}
FUNCTIONS = {f.__name__: f for f in (branin, hartmann6, rosenbrock4, ackley5, mixed)}

optuna.logging.set_verbosity(optuna.logging.ERROR)
for name in sys.argv[1:] or FUNCTIONS:
    for method, options in METHODS.items():
        for seed in range(SEEDS):
            study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed, **options))
            study.optimize(FUNCTIONS[name], n_trials=POINTS)
            print(name, method, seed, f"{study.best_value:.10g}", sep="\t", flush=True)
