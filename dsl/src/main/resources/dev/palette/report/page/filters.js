// Which variants are shown: a field for each axis, all of them ordinary form controls.

const MOST_BOXES = 24;

class Filters {
  constructor(changed) {
    this.changed = changed;
    this.tests = new Map();
    this.status = document.getElementById('filter-status');
    this.form = document.getElementById('filters');
    this.form.addEventListener('reset', () => {
      this.tests.clear();
      setTimeout(() => this.apply());
    });
    this.form.addEventListener('submit', event => event.preventDefault());
  }

  /** Fields for the axes that the data has; what was chosen in those that stay is kept. */
  build(data) {
    this.data = data;
    const signature = JSON.stringify(data.axes.map(axis => [axis.label, this.distinct(axis)]));
    if (signature !== this.signature) {
      this.signature = signature;
      this.tests.clear();
      document.getElementById('filter-fields').replaceChildren(
        ...data.axes.map(axis => this.field(axis)), this.search());
    }
    this.apply();
  }

  distinct(axis) {
    const values = [...new Set(axis.values)];
    return values.sort((a, b) => (a === null) - (b === null) || compared(a, b));
  }

  field(axis) {
    const values = this.distinct(axis);
    return values.length <= MOST_BOXES ? this.boxes(axis, values) : axis.numeric ? this.range(axis) : this.words(axis);
  }

  boxes(axis, values) {
    const hidden = new Set();
    return element('fieldset', {}, element('legend', {}, axis.label), values.map(value =>
      tick(plain(value), true, checked => {
        hidden[checked ? 'delete' : 'add'](value);
        this.tests.set(axis.path, { size: hidden.size, passes: variant => !hidden.has(this.value(axis.path, variant)) });
        this.apply();
      })));
  }

  range(axis) {
    const bounds = { least: -Infinity, most: Infinity };
    const field = (key, label, otherwise) => element('label', {}, label + ' ', element('input', {
      type: 'number', step: 'any',
      input: event => {
        bounds[key] = event.target.value === '' ? otherwise : Number(event.target.value);
        const size = Number.isFinite(bounds.least) + Number.isFinite(bounds.most);
        this.tests.set(axis.path, { size, passes: variant => {
          const value = this.value(axis.path, variant);
          return value !== null && value >= bounds.least && value <= bounds.most;
        } });
        this.apply();
      },
    }));
    return element('fieldset', {}, element('legend', {}, axis.label),
      field('least', 'at least', -Infinity), field('most', 'at most', Infinity));
  }

  words(axis) {
    return element('fieldset', {}, element('legend', {}, axis.label),
      this.contains(axis.path, variant => plain(this.value(axis.path, variant))));
  }

  search() {
    return element('fieldset', {}, element('legend', {}, 'variant'),
      this.contains('variant', variant => this.data.variants[variant].label));
  }

  contains(key, text) {
    return element('label', {}, 'contains ', element('input', {
      type: 'search',
      input: event => {
        const wanted = event.target.value.toLowerCase();
        this.tests.set(key, { size: wanted.length, passes: variant => text(variant).toLowerCase().includes(wanted) });
        this.apply();
      },
    }));
  }

  value(path, variant) {
    const axis = this.data.axes.find(each => each.path === path);
    return axis ? axis.values[variant] : null;
  }

  apply() {
    const active = [...this.tests.values()].filter(test => test.size > 0);
    this.shown = this.data.variants.map((_, index) => index).filter(index => active.every(test => test.passes(index)));
    this.status.textContent = `${this.shown.length} of ${this.data.variants.length} variants shown`;
    this.changed();
  }
}
