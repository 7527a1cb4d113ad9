// Real work on one machine: BERT-base on the four small GLUE tasks together, fully shared and with PALs of size 204.
// At most an hour per trial on two cores. Stopped? Run it again: it goes on where it was.
//
//     ./palette run experiments/glue-small.groovy --set data.dir=<glue_data>
//
// <glue_data> is the official GLUE download: a folder that holds CoLA, MRPC, STS-B and RTE.

experiment('glue-small') {
    encoder bertBase.uncased                  // all twelve layers
    tasks glue.cola, glue.mrpc, glue.sts, glue.rte

    adapter choice(shared(), pal { size 204; heads 6 })
    sampler annealed { from 1.0; to 0.2; phases 5 }

    train {
        steps 600; batchSize 16; maxLength 128; precision fp32
        optimizer adamW { learningRate 5e-5; warmupFraction 0.1 }
        evaluate { selectOn holdout(0.05); keepBest average.glue }   // at the end; every 200 would look in between
    }

    sweep { seeds 1..1 }
}
