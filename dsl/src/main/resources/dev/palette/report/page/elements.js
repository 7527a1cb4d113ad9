'use strict';
// What the page is built of. Names of runs and texts of examples come from strangers: they become text nodes and attributes'
// values here, and nowhere in this code is a string read as markup.

const NOTHING = '–';

/** An element with attributes and children; functions among the attributes listen to events, null children are left out. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (typeof value === 'function') {
      made.addEventListener(key, value);
    } else if (value === true) {
      made.setAttribute(key, '');
    } else if (value !== null && value !== undefined && value !== false) {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.flat().filter(child => child !== null && child !== undefined));
  return made;
}

/** A number with some decimals; a dash for none. */
function fixed(value, decimals) {
  return value === null || value === undefined ? NOTHING : value.toFixed(decimals);
}

/** A score, a fraction of 1, as tables print it. */
function percent(value) {
  return value === null || value === undefined ? NOTHING : (100 * value).toFixed(1);
}

/** Mean and deviation of scores. */
function percentOver(value, deviation) {
  return deviation === null || deviation === undefined ? percent(value) : percent(value) + '±' + percent(deviation);
}

/** Seconds in the unit that a person would say. */
function duration(seconds) {
  if (seconds === null || seconds === undefined) {
    return NOTHING;
  }
  if (seconds < 100) {
    return seconds.toFixed(seconds < 10 ? 1 : 0) + ' s';
  }
  return seconds < 6000 ? (seconds / 60).toFixed(1) + ' min' : (seconds / 3600).toFixed(1) + ' h';
}

/** Bytes as gigabytes. */
function gigabytes(bytes) {
  return bytes ? (bytes / 1e9).toFixed(2) + ' GB' : NOTHING;
}

/** Joules as watt-hours. */
function wattHours(joules) {
  if (joules === null || joules === undefined) {
    return NOTHING;
  }
  const wattHours = joules / 3600;
  return wattHours < 1000 ? wattHours.toFixed(2) + ' Wh' : (wattHours / 1000).toFixed(2) + ' kWh';
}

/** A number as an axis or a cell of settings shows it. */
function plain(value) {
  if (value === null || value === undefined) {
    return NOTHING;
  }
  if (typeof value !== 'number') {
    return value;
  }
  const short = Number(value.toPrecision(5));
  return short !== 0 && Math.abs(short) < 0.001 ? short.toExponential() : String(short);
}

/** A menu with a label before it. */
function menu(label, options, chosen, changed) {
  const select = element('select', { change: event => changed(event.target.value) },
    options.map(([value, text]) => element('option', { value, selected: String(value) === String(chosen) }, text)));
  return element('label', {}, label + ' ', select);
}

/** A box to tick with a label behind it. */
function tick(label, checked, changed) {
  return element('label', {}, element('input', { type: 'checkbox', checked, change: event => changed(event.target.checked) }),
    ' ' + label);
}

/** Fills a holder anew only where what is to be in it has changed, so that news never take the focus from a control in use. */
function fillOnChange(holder, signature, make) {
  const said = JSON.stringify(signature);
  if (holder.signature !== said) {
    holder.signature = said;
    holder.replaceChildren(...make());
  }
}

/** A part of the page with its place in the contents. */
function section(id, title, ...children) {
  document.getElementById('contents').append(element('li', {}, element('a', { href: '#' + id }, title)));
  const made = element('section', { id, 'aria-labelledby': id + '-title' },
    element('h2', { id: id + '-title' }, title), ...children);
  document.getElementById('main').append(made);
  return made;
}
