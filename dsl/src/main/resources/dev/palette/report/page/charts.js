// One chart: drawn when it comes into view, since a sweep's page has many; drawn anew when the data, the filters or the colours change.

/** Okabe & Ito's colours, which people with any colour vision can tell apart, in a lighter set for dark pages. */
const COLOURS = {
  light: ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#8a6d00', '#56b4e9', '#6a3d9a', '#000000', '#999999', '#b22222'],
  dark: ['#56b4e9', '#ff9d5c', '#3ddbab', '#f0a6d0', '#f0e442', '#9ecbff', '#c4a3f5', '#ffffff', '#bbbbbb', '#ff8080'],
};
const DASHES = ['solid', 'dashed', 'dotted'];
const MOST_AS_SVG = 300;

const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const charts = [];
let printing = false;

function colours() {
  return COLOURS[darkness.matches && !printing ? 'dark' : 'light'];
}

/** Colour and dash of the i-th line: dashes begin anew where the colours are used up. */
function lineStyle(index) {
  const all = colours();
  return { color: all[index % all.length], type: DASHES[Math.floor(index / all.length) % DASHES.length] };
}

function ink(name) {
  const printed = { '--text': '#000', '--quiet': '#444', '--line': '#bbb', '--page': '#fff' };
  return printing ? printed[name] : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

class Chart {
  /**
   * label: what a screen reader says of it; option: () => ECharts' option, or null where there is nothing to draw;
   * table: () => the same in figures, as an element.
   */
  constructor(label, option, table, tall) {
    this.option = option;
    this.holder = element('div', { class: tall ? 'chart tall' : 'chart', role: 'img', 'aria-label': label });
    this.empty = element('p', { class: 'quiet', hidden: true }, 'There is nothing to draw here yet.');
    this.numbers = element('details', { toggle: () => this.fillNumbers() }, element('summary', {}, 'The figures as a table'));
    this.table = table;
    this.element = element('figure', {}, this.holder, this.empty, table ? this.numbers : null);
    this.visible = false;
    this.stale = true;
    charts.push(this);
  }

  refresh() {
    this.stale = true;
    this.fillNumbers();
    if (this.visible || printing) {
      this.draw();
    }
  }

  fillNumbers() {
    if (this.table && (this.numbers.open || printing)) {
      this.numbers.replaceChildren(this.numbers.firstElementChild, this.table());
    }
  }

  draw() {
    this.stale = false;
    const option = this.option();
    this.empty.hidden = option !== null;
    this.holder.hidden = option === null;
    if (option === null) {
      return;
    }
    const renderer = (page.data && page.data.variants.length > MOST_AS_SVG) ? 'canvas' : 'svg';
    if (!this.chart) {
      this.chart = echarts.init(this.holder, null, { renderer });
    }
    this.chart.setOption({ ...styled(option) }, { notMerge: true });
    this.holder.dataset.drawn = 'yes';
  }

  resize() {
    if (this.chart && !this.holder.hidden) {
      this.chart.resize();
    }
  }
}

/** What all charts share: the page's colours, no motion, tooltips that are elements and never markup. */
function styled(option) {
  const text = { color: ink('--text') };
  const axis = each => ({
    axisLine: { lineStyle: { color: ink('--quiet') } },
    axisLabel: { color: ink('--text'), hideOverlap: true },
    nameTextStyle: text,
    splitLine: { lineStyle: { color: ink('--line') } },
    ...each,
  });
  const made = { animation: false, backgroundColor: 'transparent', color: colours(), textStyle: text, ...option };
  for (const key of ['xAxis', 'yAxis']) {
    if (made[key]) {
      made[key] = axis(made[key]);
    }
  }
  if (made.legend) {
    made.legend = { type: 'scroll', textStyle: text, pageTextStyle: text, ...made.legend };
  }
  if (made.tooltip) {
    made.tooltip = { backgroundColor: ink('--page'), borderColor: ink('--line'), textStyle: text, confine: true, ...made.tooltip };
  }
  return made;
}

/** The content of a tooltip: a line each. */
function tip(...lines) {
  return element('div', { class: 'tip' }, lines.filter(line => line).map(line => element('div', {}, line)));
}

const sight = new IntersectionObserver(entries => entries.forEach(entry => {
  const chart = charts.find(each => each.element === entry.target);
  chart.visible = entry.isIntersecting;
  if (chart.visible && chart.stale) {
    chart.draw();
  }
}), { rootMargin: '300px' });

function watchCharts() {
  charts.forEach(chart => sight.observe(chart.element));
  window.addEventListener('resize', () => charts.forEach(chart => chart.resize()));
  darkness.addEventListener('change', () => charts.forEach(chart => chart.refresh()));
  window.addEventListener('beforeprint', () => drawForPaper(true));
  window.addEventListener('afterprint', () => drawForPaper(false));
}

/** For paper: every chart drawn, dark on white, and every folded part open. */
function drawForPaper(begins) {
  printing = begins;
  document.querySelectorAll('details').forEach(part => {
    if (begins) {
      part.dataset.wasOpen = part.open ? 'yes' : '';
      part.open = true;
    } else {
      part.open = part.dataset.wasOpen === 'yes';
    }
  });
  charts.forEach(chart => {
    chart.refresh();
    chart.resize();
  });
}
