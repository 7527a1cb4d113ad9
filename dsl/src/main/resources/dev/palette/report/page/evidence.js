// Single examples, machines, and by what all of it was made.

function errorsSection() {
  const choice = { table: 0 };
  const controls = element('div', { class: 'controls' });
  const holder = element('div');
  section('errors', 'Examples that were got wrong',
    element('p', { class: 'quiet' }, 'Of the variants that score best: the examples that most seeds got wrong, the surest mistakes first; ' +
      'for scores those furthest from the truth. They are reported examples: to choose a model by them would spoil them.'),
    controls, holder);
  const fill = () => holder.replaceChildren(...errorTables(page.data.errors[choice.table]));
  return {
    data() {
      choice.table = Math.min(choice.table, Math.max(0, page.data.errors.length - 1));
      const name = errors => `${errors.split}: ${page.data.variants[errors.variant].label}`;
      const tables = page.data.errors.map((errors, i) => [i, name(errors)]);
      fillOnChange(controls, tables, () => [menu('Predictions', tables, choice.table,
        value => { choice.table = Number(value); fill(); })]);
      controls.hidden = !page.data.errors.length;
      fill();
    },
    show() {},
  };
}

function errorTables(errors) {
  if (!errors) {
    return [element('p', { class: 'quiet' }, 'No finished run has predictions with labels beside them.')];
  }
  const classes = errors.confusion;
  const texts = errors.worst.some(mistake => mistake.text);
  const size = value => classes ? percent(value) + ' %' : fixed(value, 2);
  return [
    classes ? madeTable({
      title: `Predicted against true classes, ${errors.seeds} seeds of ${errors.examples} examples`,
      headings: ['true class', ...classes.labels.map(label => 'predicted ' + label)],
      names: 1,
      rows: classes.labels.map((label, i) => [label, ...classes.counts[i].map(String)]),
      notes: [],
    }) : null,
    madeTable({
      title: 'Examples',
      headings: ['row', ...(texts ? ['text'] : []), 'true', 'predicted', 'seeds wrong', classes ? 'probability given' : 'distance'],
      names: texts ? 2 : 1,
      rows: errors.worst.map(mistake => [String(mistake.index), ...(texts ? [mistake.text || NOTHING] : []), mistake.label, mistake.predicted,
        classes ? `${mistake.wrong}/${errors.seeds}` : NOTHING, size(mistake.size)]),
      notes: texts ? [] : ['Rows count from 0 in the data file. With --data DIR the texts stand here too.'],
    }),
  ].filter(table => table);
}

function machinesSection() {
  const timeline = new Chart('When each run was trained, by device', timelineOption, null);
  const tables = element('div');
  const holder = element('div');
  section('machines', 'Time and devices', timeline.element, tables, holder);
  let runs = null;
  return {
    data() {
      const energy = page.data.machines.some(use => use.joules !== null);
      const tasks = [...new Set(page.data.machines.flatMap(use => Object.keys(use.secondsByTask)))];
      tables.replaceChildren(madeTable({
        title: 'Devices',
        headings: ['device', 'runs', 'training, all runs', 'tokens a second', 'peak memory', ...(energy ? ['energy'] : []), ...tasks.map(task => `${task}, % of time`)],
        names: 1,
        rows: page.data.machines.map(use => [use.device, String(use.runs), duration(use.seconds), fixed(use.tokensPerSecond, 0),
          gigabytes(use.peakMemoryBytes), ...(energy ? [wattHours(use.joules)] : []), ...tasks.map(task => percent((use.secondsByTask[task] || 0) / (use.seconds || 1)))]),
        notes: energy ? ['Energy is what the devices drew while these runs trained, whoever else used them.'] : [],
      }));
      fillOnChange(holder, [page.data.scoreName, page.data.axes.map(axis => [axis.label, axis.numeric])], () => {
        runs = runTable();
        return [runs.element];
      });
    },
    show() {
      const shown = new Set(page.filters.shown);
      runs.show(page.data.runs.filter(run => shown.has(run.variant)));
      timeline.refresh();
    },
  };
}

function runTable() {
  return new SortedTable('Runs', [
    { title: 'run', name: true, text: run => run.id },
    ...axisColumns(run => run.variant),
    { title: 'seed', text: run => String(run.seed), value: run => run.seed },
    { title: 'state', name: true, text: run => run.state },
    { title: 'steps', text: run => `${run.step}/${run.steps}`, value: run => run.step },
    { title: page.data.scoreName, text: run => percent(run.score), value: run => run.score },
    { title: 'training', text: run => duration(run.seconds), value: run => run.seconds },
    { title: 'tokens a second', text: run => fixed(run.tokensPerSecond, 0), value: run => run.tokensPerSecond },
    { title: 'peak memory', text: run => gigabytes(run.memory), value: run => run.memory },
    ...(page.data.runs.some(run => run.joules !== null)
      ? [{ title: 'energy', text: run => wattHours(run.joules), value: run => run.joules }] : []),
  ]);
}

function timelineOption() {
  const shown = new Set(page.filters.shown);
  const runs = page.data.runs.filter(run => run.started && shown.has(run.variant));
  if (!runs.length) {
    return null;
  }
  const device = run => run.origin === null ? 'unknown' : JSON.parse(page.data.origins[run.origin]).device;
  const devices = [...new Set(runs.map(device))];
  return {
    grid: { left: 10, right: 30, top: 20, bottom: 50, containLabel: true },
    tooltip: { trigger: 'item', formatter: item => {
      const run = runs[item.dataIndex];
      return tip(page.data.variants[run.variant].label + ', seed ' + run.seed, duration(run.seconds) + ' of training');
    } },
    xAxis: { type: 'time', name: 'start, and time of training', nameLocation: 'middle', nameGap: 28 },
    yAxis: { type: 'category', data: devices },
    series: [{
      type: 'custom', encode: { x: [1, 2], y: 0 },
      data: runs.map(run => [devices.indexOf(device(run)), 1000 * run.started, 1000 * (run.started + run.seconds), run.variant]),
      renderItem(params, api) {
        const [left, middle] = api.coord([api.value(1), api.value(0)]);
        const right = api.coord([api.value(2), api.value(0)])[0];
        const height = 0.6 * api.size([0, 1])[1];
        return { type: 'rect', shape: { x: left, y: middle - height / 2, width: Math.max(1, right - left), height },
          style: { fill: lineStyle(api.value(3)).color, opacity: 0.6 } };
      },
    }],
  };
}

function provenanceSection() {
  const holder = element('div');
  section('provenance', 'By what it was made', holder);
  return {
    data() {
      const origins = page.data.origins.map(text => JSON.parse(text));
      const count = number => page.data.runs.filter(run => run.origin === number).length;
      const counts = origins.map((_, number) => count(number));
      fillOnChange(holder, [page.data.origins, counts, page.data.scripts, page.data.variants.map(variant => variant.asked)], () => [
        ...origins.map((origin, number) => pairs(`${counts[number]} of ${page.data.runs.length} runs`, flat('', origin))),
        ...page.data.scripts.map(script => element('details', { open: true },
          element('summary', {}, `The script of ${script.experiment}: ${script.file}`), element('pre', { tabindex: '0' }, script.source))),
        asked(),
      ]);
    },
    show() {},
  };
}

/** What was asked of one variant, by choice. */
function asked() {
  const known = page.data.variants.map((variant, index) => [index, variant.label]).filter(([index]) => page.data.variants[index].asked);
  if (!known.length) {
    return element('p');
  }
  const text = element('pre', { tabindex: '0' });
  const show = index => { text.textContent = JSON.stringify(JSON.parse(page.data.variants[index].asked), null, 2); };
  show(known[0][0]);
  return element('details', {}, element('summary', {}, 'What was asked of each variant'),
    menu('Variant', known, known[0][0], value => show(Number(value))), text);
}

/** The members of a JSON tree as names and values. */
function flat(prefix, tree) {
  return Object.entries(tree).flatMap(([key, value]) => {
    const name = prefix ? `${prefix} ${key}` : key;
    return value && typeof value === 'object' ? flat(name, value) : [[name, String(value)]];
  });
}
