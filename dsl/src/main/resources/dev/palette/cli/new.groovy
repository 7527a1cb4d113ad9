// What is compared here, and why?
//
//     palette download glue --to glue_data --tasks cola,mrpc     fetches the data
//     palette run @FILE@ --dry-run     lists the trials and their sizes, and runs nothing
//     palette run @FILE@               runs those that are not finished yet, and prints a table
//
// palette words lists every word that may stand here; palette words pal tells all about one.

experiment('@NAME@') {
    encoder bertBase.uncased                  // or a directory in quotes, with config, vocabulary and weights
    // layers 4                               // the first four of its twelve layers, for quick tries

    dataDir 'glue_data'                       // relative to this script
    tasks glue.cola, glue.mrpc

    // What varies stands where a value would: this makes two trials a seed.
    adapter choice(shared(), pal { size 204 })
    sampler annealed { from 1.0; to 0.2; phases 5 }

    train {
        steps 600; batchSize 16; maxLength 128
        optimizer adamW { learningRate 5e-5; warmupFraction 0.1 }
        // A tenth of the training data chooses the checkpoint that is kept; the table reports the dev sets.
        evaluate { every 200; selectOn holdout(0.1); keepBest average.glue }
    }

    sweep { seeds 1..3 }                      // the table shows means and deviations over them
}
