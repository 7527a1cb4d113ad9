// Stickland & Murray (2019): ways to share one BERT-base among GLUE's tasks, each at its size in the paper. separate.groovy has what they
// are held against, a model for each task. --profile reduced (reduced.groovy) fits a machine without a GPU.
//
//     ./palette run experiments/paper/architectures.groovy --profile reduced --set data.dir=<glue_data>

include 'reduced.groovy'

experiment('architectures') {
    encoder bertBase.uncased
    tasks glue.eight                                                // GLUE's but for WNLI
    sampler annealed { from 1.0; to 0.2; phases 25 }
    train {
        steps 60_000; batchSize 32; maxLength 128                   // the paper's 25 epochs of 2,400 steps
        optimizer bertAdam { learningRate 2e-5; warmupFraction 0.1 }
        evaluate { every 2_400; selectOn holdout(0.02); keepBest average.paper }
    }
    profiles reduced()
    sweep {
        list variant('fully shared') { adapter shared() },
             variant('PALs (204)') { adapter pal { size 204; heads 6 } },
             variant('PALs (276, top half)') { adapter pal { size 276; heads 6; layers 6..11 } },
             variant('low rank (100)') { adapter lowRank { size 100 } },
             variant('Houlsby (50)') { adapter houlsby { size 50 } },
             variant('LHUC') { adapter lhuc() },
             variant('projected attention on top') { adapter topAttention { size 204 } },
             variant('BERT layer on top') { adapter topLayer() }
        seeds 1..3
    }
    results {
        table {
            rows 'variant'; columns task, average.paper, parameters
            compare 'variant', 'fully shared'
            beside references.sticklandMurray.glueTest              // GLUE's test server: no differences are printed
        }
    }
}
