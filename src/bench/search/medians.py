"""Prints the median regret of each function and method in the files that regret.sh makes."""

import collections
import statistics
import sys

regrets = collections.defaultdict(list)
for file in sys.argv[1:]:
    with open(file) as lines:
        for line in lines:
            function, method, _, regret = line.split("\t")
            regrets[function, method].append(float(regret))
for (function, method), values in sorted(regrets.items()):
    low, median, high = statistics.quantiles(values, n=4)
    print(f"{function:12} {method:18} {len(values)} seeds  median {median:.4g}  ({low:.4g} to {high:.4g})")
