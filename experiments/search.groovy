// A search: which adapter, how large, and at which learning rate? On the quickstart's data, half an hour on two cores.
//
//     ./palette run experiments/search.groovy --dry-run        the search, its first trials, and how long it will take
//     ./palette run experiments/search.groovy                  stopped? run it again: it goes on where it was
//     ./palette watch search --web                             meanwhile, from another terminal
//     ./palette report search                                  one page with curves, Pareto front and what mattered

experiment('search') {
    encoder bertBase.uncased
    layers 6                                  // the first six of its twelve layers: quick
    dataDir 'data/quickstart'
    tasks glue.cola { name 'acceptability'; directory 'acceptability' },
          glue.mrpc { name 'paraphrase'; directory 'paraphrase' },
          glue.sts  { name 'similarity'; directory 'similarity' }

    // An axis stands where an option takes its value. What varies within one alternative varies in its trials alone.
    adapter choice('architecture',
            shared(),
            pal { size integer('size', 24, 204, 12); heads 6 },
            lowRank { size integer('rank', 20, 100, 10) })
    sampler annealed { from 1.0; to 0.2; phases 5 }

    train {
        steps 60; batchSize 16; maxLength 48
        optimizer adamW { learningRate logUniform('rate', 2e-5, 3e-4); warmupFraction 0.1 }
        evaluate { every 10; selectOn holdout(0.1); keepBest average.glue }
    }

    sweep {
        bayes 12; seeds 1..2                  // twelve points, proposed by the scores so far on the tenth that chooses checkpoints
        stopEarly asha { from 20 }            // after 20 steps the best third goes on
    }

    results {
        table { rows 'architecture'; choose 'size', 'rank', 'rate'; columns task, average.glue, parameters, time }
    }
}
