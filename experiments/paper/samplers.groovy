// Stickland & Murray (2019), section 3.3: which task the next batch is of. With PALs of size 204.
//
//     ./palette run experiments/paper/samplers.groovy --profile reduced --set data.dir=<glue_data>

include 'reduced.groovy'

def sampling = choice('sampling', roundRobin(), proportional(), squareRoot(), annealed { from 1.0; to 0.2; phases 25 })

experiment('samplers') {
    encoder bertBase.uncased
    tasks glue.eight
    adapter pal { size 204; heads 6 }
    sampler sampling
    train {
        steps 60_000; batchSize 32; maxLength 128
        optimizer bertAdam { learningRate 2e-5; warmupFraction 0.1 }
        evaluate { every 2_400; selectOn holdout(0.02); keepBest average.paper }
    }
    profiles reduced()
    sweep { grid sampling; seeds 1..3 }
    results {
        table {
            rows sampling; columns task, average.paper
            compare sampling, proportional()
        }
    }
}
