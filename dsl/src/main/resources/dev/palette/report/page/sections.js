// The parts of the page that show scores. Each has show(), called when the data or the filters have changed.

/** Shown variants that have a score, the best first. */
function ranking() {
  const score = index => page.data.variants[index].score;
  return page.filters.shown.filter(index => score(index) !== null).sort((a, b) => score(b) - score(a));
}

/** Columns of the axes, for tables of variants; value: row => variant index. */
function axisColumns(variantOf) {
  return page.data.axes.map(axis => ({
    title: axis.label,
    name: !axis.numeric,
    text: row => plain(axis.values[variantOf(row)]),
    value: row => axis.values[variantOf(row)],
  }));
}

function resultsSection() {
  const remarks = element('div');
  const tables = element('div');
  const holder = element('div');
  section('results', 'Results', remarks, tables, holder);
  let variants = null;
  return {
    data() {
      remarks.replaceChildren(...page.data.remarks.map(remark => element('p', { class: 'remark' }, remark)));
      tables.replaceChildren(...page.data.tables.map(madeTable));
      fillOnChange(holder, [page.data.scoreName, page.data.axes.map(axis => [axis.label, axis.numeric])], () => {
        variants = variantTable();
        return [variants.element];
      });
    },
    show() {
      const scored = ranking();
      variants.show(scored.concat(page.filters.shown.filter(index => !scored.includes(index))));
    },
  };
}

function variantTable() {
  const of = index => page.data.variants[index];
  return new SortedTable(`Variants by ${page.data.scoreName} (× 100, mean ± standard deviation over seeds)`, [
    ...(page.data.axes.length ? [] : [{ title: 'variant', name: true, text: index => of(index).label }]),
    ...axisColumns(index => index),
    { title: page.data.scoreName, text: index => percentOver(of(index).score, of(index).deviation), value: index => of(index).score },
    { title: 'runs finished', text: index => `${of(index).finished}/${of(index).runs}`, value: index => of(index).finished },
    { title: 'parameters', text: index => of(index).parameters === null ? NOTHING : fixed(of(index).parameters, 4) + '×',
      value: index => of(index).parameters },
    { title: 'training', text: index => duration(of(index).seconds), value: index => of(index).seconds },
  ]);
}

function curvesSection() {
  const choice = { metric: 0, most: 5, seeds: false };
  const controls = element('div', { class: 'controls' });
  const chart = new Chart('Learning curves: a metric by step, a line for each variant, with a band of one standard deviation over seeds',
    () => curvesOption(choice), () => curvesTable(choice));
  section('curves', 'Learning curves',
    element('p', { class: 'quiet' }, 'Scores are those of the examples that choose the checkpoint, never the reported ones; losses are ' +
      'means over the steps since the point before. Bands are one standard deviation over seeds.'), controls, chart.element);
  return {
    data() {
      const metrics = page.data.curves.metrics;
      choice.metric = Math.min(choice.metric, Math.max(0, metrics.length - 1));
      fillOnChange(controls, metrics, () => [
        menu('Metric', metrics.map((name, i) => [i, name]), choice.metric, value => { choice.metric = Number(value); chart.refresh(); }),
        menu('Variants', [[3, 'the best 3'], [5, 'the best 5'], [10, 'the best 10'], [30, 'the best 30'], [1e9, 'all']], choice.most,
          value => { choice.most = Number(value); chart.refresh(); }),
        tick('each seed', choice.seeds, value => { choice.seeds = value; chart.refresh(); }),
      ]);
    },
    show: () => chart.refresh(),
  };
}

/** The curves of the chosen metric: those of the best variants, then of those without a score. */
function chosenCurves(choice) {
  const scored = ranking();
  const order = scored.concat(page.filters.shown.filter(index => !scored.includes(index)));
  const byVariant = new Map(page.data.curves.list.filter(curve => curve.metric === choice.metric).map(curve => [curve.variant, curve]));
  return order.filter(index => byVariant.has(index)).slice(0, choice.most).map(index => byVariant.get(index));
}

function curvesOption(choice) {
  const curves = chosenCurves(choice);
  if (!curves.length) {
    return null;
  }
  const metric = page.data.curves.metrics[choice.metric];
  const scale = metric.endsWith('.loss') ? 1 : 100;
  const steps = page.data.curves.grids[choice.metric];
  const points = values => steps.map((step, i) => [step, values[i] === null ? null : scale * values[i]]).filter(point => point[1] !== null);
  const series = [];
  curves.forEach((curve, i) => {
    const style = lineStyle(i);
    const name = page.data.variants[curve.variant].label;
    if (curve.low.length && !choice.seeds) {
      series.push(band(name, steps, curve, scale, style.color));
    }
    const lines = choice.seeds ? curve.seeds.map(seed => seed.values) : [curve.mean];
    lines.forEach(values => series.push({
      name, type: 'line', data: points(values), showSymbol: steps.length < 12, symbolSize: 5,
      lineStyle: { width: choice.seeds ? 1 : 2, ...style }, itemStyle: { color: style.color }, z: 3,
    }));
  });
  return {
    grid: { left: 60, right: 20, top: 50, bottom: 50 },
    legend: { top: 0, data: curves.map(curve => page.data.variants[curve.variant].label) },
    tooltip: { trigger: 'item', formatter: item => tip(item.seriesName, `step ${item.value[0]}: ${plain(item.value[1])}`) },
    xAxis: { type: 'value', name: 'step', nameLocation: 'middle', nameGap: 28, min: steps[0], max: steps[steps.length - 1] },
    yAxis: { type: 'value', name: scale === 1 ? metric : metric + ' × 100', scale: true },
    series,
  };
}

/** A band as one polygon for each stretch where it is known. */
function band(name, steps, curve, scale, color) {
  const stretches = [];
  let stretch = [];
  steps.forEach((step, i) => {
    if (curve.low[i] === null || curve.high[i] === null) {
      stretch = [];
    } else {
      if (!stretch.length) {
        stretches.push(stretch);
      }
      stretch.push([step, scale * curve.low[i], scale * curve.high[i]]);
    }
  });
  return {
    name, type: 'custom', silent: true, z: 1, itemStyle: { color }, encode: { x: 0, y: [1, 2] },
    data: stretches.flatMap((points, i) => points.map(point => [...point, i])),
    renderItem(params, api) {
      const points = stretches[api.value(3)];
      if (points[0][0] !== api.value(0)) {
        return null; // the stretch is drawn with its first point
      }
      const shape = [...points.map(point => api.coord([point[0], point[2]])), ...points.map(point => api.coord([point[0], point[1]])).reverse()];
      return { type: 'polygon', shape: { points: shape }, style: { fill: color, opacity: 0.18 } };
    },
  };
}

function curvesTable(choice) {
  const curves = chosenCurves(choice);
  const metric = page.data.curves.metrics[choice.metric] || '';
  const shown = value => metric.endsWith('.loss') ? plain(value) : percent(value);
  const steps = page.data.curves.grids[choice.metric] || [];
  const every = Math.max(1, Math.ceil(steps.length / 10));
  const columns = steps.map((_, i) => i).filter(i => i % every === every - 1 || i === steps.length - 1);
  return madeTable({
    title: metric + ' by step, mean over seeds',
    headings: ['variant', ...columns.map(i => String(steps[i]))],
    names: 1,
    rows: curves.map(curve => [page.data.variants[curve.variant].label, ...columns.map(i => shown(curve.mean[i]))]),
    notes: [],
  });
}

function paretoSection() {
  const chart = new Chart('Score against parameters: a point for each variant, and the line of those that no other beats in both',
    paretoOption, paretoTable);
  section('pareto', 'Score against parameters',
    element('p', { class: 'quiet' }, 'The line joins the variants that no other one beats in both score and size.'), chart.element);
  return { data() {}, show: () => chart.refresh() };
}

/** The front of the shown variants. */
function front() {
  let best = -Infinity;
  const of = index => page.data.variants[index];
  return ranking().filter(index => of(index).parameters !== null)
    .sort((a, b) => of(a).parameters - of(b).parameters || of(b).score - of(a).score)
    .filter(index => of(index).score > best && (best = of(index).score, true));
}

function paretoOption() {
  const of = index => page.data.variants[index];
  const shown = ranking().filter(index => of(index).parameters !== null);
  if (!shown.length) {
    return null;
  }
  const point = index => ({ value: [of(index).parameters, 100 * of(index).score], variant: index });
  const name = index => tip(of(index).label, `${page.data.scoreName} ${percentOver(of(index).score, of(index).deviation)}`,
    `parameters ${fixed(of(index).parameters, 4)}×`);
  return {
    grid: { left: 60, right: 30, top: 30, bottom: 50 },
    tooltip: { trigger: 'item', formatter: item => name(item.data.variant) },
    xAxis: { type: 'value', name: 'parameters, × the encoder’s', nameLocation: 'middle', nameGap: 28, scale: true },
    yAxis: { type: 'value', name: page.data.scoreName + ' × 100', scale: true },
    series: [
      { type: 'scatter', symbolSize: shown.length > 300 ? 5 : 9, data: shown.map(point) },
      { type: 'line', step: 'end', data: front().map(point), symbolSize: 10, lineStyle: { width: 2 } },
    ],
  };
}

function paretoTable() {
  const of = index => page.data.variants[index];
  return madeTable({
    title: 'Variants that no other beats in both',
    headings: ['variant', 'parameters', page.data.scoreName + ' × 100'],
    names: 1,
    rows: front().map(index => [of(index).label, fixed(of(index).parameters, 4) + '×', percentOver(of(index).score, of(index).deviation)]),
    notes: [],
  });
}
