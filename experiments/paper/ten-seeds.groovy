// Is the half point between PALs and a fully shared encoder there? Three seeds cannot tell; ten might.
//
//     ./palette run experiments/paper/ten-seeds.groovy --profile reduced --set data.dir=<glue_data>

include 'reduced.groovy'

def architecture = choice('architecture', shared(), pal { size 204; heads 6 })

experiment('ten-seeds') {
    encoder bertBase.uncased
    tasks glue.eight
    adapter architecture
    sampler annealed { from 1.0; to 0.2; phases 25 }
    train {
        steps 60_000; batchSize 32; maxLength 128
        optimizer bertAdam { learningRate 2e-5; warmupFraction 0.1 }
        evaluate { every 2_400; selectOn holdout(0.02); keepBest average.paper }
    }
    profiles reduced()
    sweep { grid architecture; seeds 1..10 }
    results {
        table {
            rows architecture; columns task, average.paper, parameters
            compare architecture, shared()
        }
    }
}
