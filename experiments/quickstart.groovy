// A first experiment, in a few minutes on a laptop: does a little room of its own help each task?
// Two ways to share one BERT among three small tasks are trained on the same batches and compared.
//
//     ./palette run experiments/quickstart.groovy
//     ./palette run experiments/quickstart.groovy --dry-run      lists the trials and their sizes, runs nothing

experiment('quickstart') {
    encoder bertBase.uncased                  // the pretrained weights; fetched once, then cached
    layers 8                                  // the first eight of its twelve layers: quick, and enough for these tasks

    // Data that ships with the project, in the file layouts of three GLUE tasks (see data/quickstart/README.md).
    // Each task brings its layout, its labels, its head and its metrics; only name and folder are ours.
    dataDir 'data/quickstart'
    tasks glue.cola { name 'acceptability'; directory 'acceptability' },   // is the order of the words English?
          glue.mrpc { name 'paraphrase'; directory 'paraphrase' },         // do two sentences say the same?
          glue.sts  { name 'similarity'; directory 'similarity' }          // how alike are they, from 0 to 5?

    // What is compared. shared(): all tasks share every weight but their heads. pal: each task also has projected attention
    // layers of its own, beside the shared ones (Stickland & Murray 2019). Each choice makes one row of the result table.
    adapter choice(shared(), pal { size 204; heads 6 })

    // Which task the next batch comes from: at first in proportion to the tasks' sizes, towards the end nearly evenly.
    sampler annealed { from 1.0; to 0.2; phases 5 }

    train {
        steps 60; batchSize 16; maxLength 48; precision fp32
        optimizer adamW { learningRate 5e-5; warmupFraction 0.1 }
        // A tenth of the training data chooses the checkpoint to keep; the table reports the dev files, used for nothing else.
        evaluate { every 30; selectOn holdout(0.1); keepBest average.glue }
    }

    sweep { seeds 1..1 }                      // seeds 1..5 gives the table means and deviations
}
