// Tables that can be sorted by any column with mouse or keyboard. Of long ones the first rows are shown, the rest on demand.

const FIRST_ROWS = 50;
const collator = new Intl.Collator('en', { numeric: true });

class SortedTable {
  /**
   * columns: [{ title, name: whether it stands left, text: row => string, value: row => what sorts it }]
   */
  constructor(caption, columns) {
    this.columns = columns;
    this.rows = [];
    this.whole = false;
    this.order = null;
    this.body = element('tbody');
    this.heads = columns.map((column, index) => element('th', { scope: 'col', class: column.name ? 'name' : null },
      element('button', { type: 'button', click: () => this.sortBy(index) }, column.title)));
    this.more = element('button', { type: 'button', class: 'more', click: () => this.showAll() });
    this.element = element('div', { class: 'scroll' },
      element('table', {}, element('caption', {}, caption), element('thead', {}, element('tr', {}, this.heads)), this.body),
      this.more);
  }

  show(rows) {
    this.rows = rows;
    this.fill();
  }

  showAll() {
    this.whole = true;
    this.fill();
  }

  sortBy(index) {
    const descending = this.order && this.order.index === index ? !this.order.descending : !this.columns[index].name;
    this.order = { index, descending };
    this.heads.forEach((head, i) => {
      if (i === index) {
        head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      } else {
        head.removeAttribute('aria-sort');
      }
    });
    this.fill();
  }

  sorted() {
    if (!this.order) {
      return this.rows;
    }
    const column = this.columns[this.order.index];
    const value = column.value || column.text;
    const sign = this.order.descending ? -1 : 1;
    const known = this.rows.filter(row => !missing(value(row)));
    known.sort((a, b) => sign * compared(value(a), value(b)));
    return known.concat(this.rows.filter(row => missing(value(row))));
  }

  fill() {
    const rows = this.sorted();
    const shown = this.whole ? rows : rows.slice(0, FIRST_ROWS);
    this.body.replaceChildren(...shown.map(row => element('tr', {}, this.columns.map((column, index) =>
      element(index === 0 ? 'th' : 'td', { scope: index === 0 ? 'row' : null, class: column.name ? 'name' : null },
        column.text(row))))));
    this.more.hidden = shown.length === rows.length;
    this.more.textContent = `Show all ${rows.length} rows`;
  }
}

function missing(value) {
  return value === null || value === undefined || value === NOTHING;
}

function compared(a, b) {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}

/** A table as the statistics made it: texts, in their order. */
function madeTable(table) {
  const name = index => index < table.names ? 'name' : null;
  const line = row => element('tr', {}, row.map((cell, i) =>
    element(i === 0 ? 'th' : 'td', { scope: i === 0 ? 'row' : null, class: name(i) }, cell)));
  const body = element('tbody', {}, table.rows.slice(0, FIRST_ROWS).map(line));
  const rest = table.rows.length <= FIRST_ROWS ? null : element('button', {
    type: 'button', class: 'more', click: event => {
      body.append(...table.rows.slice(FIRST_ROWS).map(line));
      event.target.remove();
    },
  }, `Show all ${table.rows.length} rows`);
  return element('div', {},
    element('div', { class: 'scroll' }, element('table', {},
      element('caption', {}, table.title),
      element('thead', {}, element('tr', {}, table.headings.map((heading, i) =>
        element('th', { scope: 'col', class: name(i) }, heading)))), body), rest),
    table.notes.map(note => element('p', { class: 'quiet' }, note)));
}

/** A small table of names and values. */
function pairs(caption, rows) {
  return element('div', { class: 'scroll' }, element('table', {}, element('caption', {}, caption),
    element('tbody', {}, rows.map(([key, value]) =>
      element('tr', {}, element('th', { scope: 'row', class: 'name' }, key), element('td', { class: 'name' }, value))))));
}
