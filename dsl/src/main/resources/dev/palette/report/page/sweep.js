// What was varied and drawn: parallel coordinates, importance, the sampler's draws.

function sweepSection() {
  const parallel = new Chart('Parallel coordinates: a line for each variant across the settings to its score', parallelOption, null, true);
  const importance = new Chart('Importance of each setting: its share of the variation of the scores', importanceOption, importanceTable);
  const note = element('p', { class: 'quiet' });
  section('sweep', 'Settings',
    element('p', { class: 'quiet' }, 'A line for each variant; its colour is its score. The filters above choose the lines, and so does ' +
      'dragging along an axis. The same figures are in the table of variants.'),
    parallel.element, element('h3', {}, 'Importance'), note, importance.element);
  return {
    data() {
      const found = page.data.importance;
      note.textContent = found.settings.length
        ? `Share of the variation of ${page.data.scoreName} over ${found.variants} variants that each setting explains by itself ` +
          `(functional ANOVA on a forest, Hutter et al. 2014); ${percent(found.together)} % is due to several together. ` +
          'All variants count, whatever the filters show. Of few seeds, noise looks like importance too.'
        : `Importance needs ${found.needed} variants with different scores; there are ${found.variants} with a score.`;
    },
    show() {
      parallel.refresh();
      importance.refresh();
    },
  };
}

function parallelOption() {
  const axes = page.data.axes;
  const shown = ranking();
  if (!axes.length || !shown.length) {
    return null;
  }
  const words = axis => [...new Set(axis.values.map(plain))].sort(collator.compare);
  const scores = shown.map(index => 100 * page.data.variants[index].score);
  const dimensions = axes.map((axis, dim) => ({
    dim, name: axis.label,
    ...(axis.numeric ? { type: axis.logarithmic ? 'log' : 'value', scale: true } : { type: 'category', data: words(axis) }),
  }));
  dimensions.push({ dim: axes.length, name: page.data.scoreName + ' × 100', type: 'value', scale: true });
  const value = (axis, index) => axis.numeric ? (axis.values[index] === null ? '-' : axis.values[index]) : plain(axis.values[index]);
  return {
    parallel: {
      left: 70, right: 110, top: 50, bottom: 60,
      parallelAxisDefault: {
        nameTextStyle: { color: ink('--text') }, axisLabel: { color: ink('--text') }, axisLine: { lineStyle: { color: ink('--quiet') } },
        nameTruncate: { maxWidth: 140, ellipsis: '…' },
      },
    },
    parallelAxis: dimensions,
    visualMap: {
      show: true, dimension: axes.length, min: Math.min(...scores), max: Math.max(...scores), orient: 'horizontal', left: 'center',
      bottom: 0, itemWidth: 12, precision: 1, textStyle: { color: ink('--text') },
      inRange: { color: darkness.matches && !printing ? ['#31688e', '#35b779', '#fde725'] : ['#fca636', '#cc4778', '#0d0887'] },
    },
    series: [{
      type: 'parallel', smooth: false, progressive: 500, inactiveOpacity: 0.03,
      lineStyle: { width: shown.length > 300 ? 0.8 : 1.6, opacity: shown.length > 300 ? 0.35 : 0.75 },
      data: shown.map((index, i) => [...axes.map(axis => value(axis, index)), scores[i]]),
    }],
  };
}

function importanceOption() {
  const settings = page.data.importance.settings;
  if (!settings.length) {
    return null;
  }
  const rows = [...settings].reverse();
  return {
    grid: { left: 10, right: 60, top: 10, bottom: 40, containLabel: true },
    tooltip: { trigger: 'item', formatter: item => tip(item.name, `${item.value.toFixed(1)} % of the variation`) },
    xAxis: { type: 'value', name: '% of the variation', nameLocation: 'middle', nameGap: 26, min: 0 },
    yAxis: { type: 'category', data: rows.map(row => page.data.axes[row.axis].label) },
    series: [{
      type: 'bar', data: rows.map(row => 100 * row.share), barMaxWidth: 26,
      label: { show: true, position: 'right', color: ink('--text'), formatter: item => item.value.toFixed(1) },
    }],
  };
}

function importanceTable() {
  const found = page.data.importance;
  return madeTable({
    title: 'Importance of each setting',
    headings: ['setting', '% of the variation', 'standard deviation over trees'],
    names: 1,
    rows: found.settings.map(row => [page.data.axes[row.axis].label, percent(row.share), percent(row.deviation)])
      .concat(found.settings.length ? [['several together', percent(found.together), NOTHING]] : []),
    notes: [],
  });
}

function drawsSection() {
  const choice = { sampler: 0 };
  const controls = element('div', { class: 'controls' });
  const chart = new Chart('What the sampler drew over time: the share of each task among the batches', () => drawsOption(choice),
    () => drawsTable());
  section('draws', 'What the sampler drew', controls, chart.element);
  return {
    data() {
      choice.sampler = Math.min(choice.sampler, Math.max(0, page.data.draws.length - 1));
      const samplers = page.data.draws.map((draws, i) => [i, draws.sampler]);
      fillOnChange(controls, samplers, () => [menu('Sampler', samplers, choice.sampler,
        value => { choice.sampler = Number(value); chart.refresh(); })]);
      chart.refresh();
    },
    show() {},
  };
}

function drawsOption(choice) {
  const draws = page.data.draws[choice.sampler];
  if (!draws) {
    return null;
  }
  const totals = draws.steps.map((_, i) => draws.counts.reduce((sum, counts) => sum + counts[i], 0));
  const share = (counts, i) => totals[i] ? 100 * counts[i] / totals[i] : 0;
  return {
    grid: { left: 60, right: 20, top: 50, bottom: 50 },
    legend: { top: 0, data: draws.tasks },
    tooltip: { trigger: 'item', formatter: item => tip(item.seriesName, `up to step ${item.name}: ${item.value.toFixed(1)} %`) },
    xAxis: { type: 'category', name: 'step', nameLocation: 'middle', nameGap: 28, data: draws.steps.map(String) },
    yAxis: { type: 'value', name: '% of the batches', max: 100 },
    series: draws.tasks.map((task, i) => ({
      name: task, type: 'bar', stack: 'all', barCategoryGap: '0%', itemStyle: { color: lineStyle(i).color },
      data: draws.counts[i].map((_, j) => share(draws.counts[i], j)),
    })),
  };
}

function drawsTable() {
  return element('div', {}, page.data.draws.map(draws => {
    const sums = draws.counts.map(counts => counts.reduce((a, b) => a + b, 0));
    const all = sums.reduce((a, b) => a + b, 0);
    const early = draws.counts.map(counts => counts[0]);
    const late = draws.counts.map(counts => counts[counts.length - 1]);
    const part = (counts, i) => percent(counts[i] / counts.reduce((a, b) => a + b, 0));
    return madeTable({
      title: `${draws.sampler}: batches in ${draws.runs} runs`,
      headings: ['task', 'batches', '% of all', '% at first', '% at last'],
      names: 1,
      rows: draws.tasks.map((task, i) => [task, String(sums[i]), percent(sums[i] / all), part(early, i), part(late, i)]),
      notes: [],
    });
  }));
}
