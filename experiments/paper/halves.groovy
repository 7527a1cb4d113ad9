// Stickland & Murray (2019), section 4: where tasks need something of their own. PALs of size 276 beside the upper or the lower six layers
// take as many parameters as PALs of size 204 beside all twelve.
//
//     ./palette run experiments/paper/halves.groovy --profile reduced --set data.dir=<glue_data>

include 'reduced.groovy'

experiment('halves') {
    encoder bertBase.uncased
    tasks glue.eight
    sampler annealed { from 1.0; to 0.2; phases 25 }
    train {
        steps 60_000; batchSize 32; maxLength 128
        optimizer bertAdam { learningRate 2e-5; warmupFraction 0.1 }
        evaluate { every 2_400; selectOn holdout(0.02); keepBest average.paper }
    }
    profiles reduced()
    sweep {
        list variant('all layers') { adapter pal { size 204; heads 6 } },
             variant('top half') { adapter pal { size 276; heads 6; layers 6..11 } },
             variant('bottom half') { adapter pal { size 276; heads 6; layers 0..5 } }
        seeds 1..3
    }
    results {
        table {
            rows 'variant'; columns task, average.paper, parameters
            compare 'variant', 'all layers'
        }
    }
}
