// Puts the parts together, and asks a server for news where the page comes from one.

const ASK_EVERY = 2000;
const page = { data: null, filters: null, sections: [] };

function show(data) {
  page.data = data;
  document.title = data.title + ' · Palette';
  document.getElementById('title').textContent = data.title || 'no runs';
  const finished = data.runs.filter(run => run.state === 'finished').length;
  const running = data.runs.filter(run => run.state === 'running').length;
  document.getElementById('made').textContent = `${finished} of ${data.runs.length} runs finished` +
    (running ? `, ${running} running` : '') + ` · ${data.variants.length} variants · read ${data.made} · Palette ${data.palette}`;
  page.sections.forEach(each => each.data());
  page.filters.build(data);
}

/** Asks for news; what has not changed is not sent again. */
async function ask(address, tag) {
  const connection = document.getElementById('connection');
  let next = tag;
  try {
    const answer = await fetch(address, { headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store' });
    if (answer.status === 200) {
      next = answer.headers.get('ETag');
      show(await answer.json());
    } else if (answer.status !== 304) {
      throw new Error(String(answer.status));
    }
    connection.textContent = 'Live: this page follows the runs.';
  } catch (problem) {
    connection.textContent = 'palette watch no longer answers; this is what it said last.';
  }
  setTimeout(() => ask(address, next), ASK_EVERY);
}

function begin() {
  page.filters = new Filters(() => page.sections.forEach(each => each.show()));
  page.sections = [resultsSection(), curvesSection(), drawsSection(), paretoSection(), sweepSection(), errorsSection(), machinesSection(),
    provenanceSection()];
  show(JSON.parse(document.getElementById('data').textContent));
  watchCharts();
  const live = document.body.dataset.live;
  if (live) {
    ask(live + window.location.search, null);
  }
  document.documentElement.dataset.ready = 'yes';
}

begin();
