// How losses are balanced, on four small tasks: equal weights, weights by uncertainty, GradNorm and gradient surgery, all with four batches a
// step, so that each step can have every task. The encoder is trained whole, its lower layers more slowly; a task stops when it no longer gains.
def balancing = choice('balancing', equal(), uncertainty(), gradNorm(), pcGrad())

experiment('balanced') {
    encoder bertBase.uncased
    tasks glue.cola, glue.mrpc, glue.sts, glue.rte
    adapter shared()
    sampler roundRobin()
    train {
        steps 1_500; batchSize 8; batchesPerStep 4; balance balancing
        optimizer adamW {
            learningRate 2e-5; layerDecay 0.95
            groups group { parts part.heads; learningRate 1e-4 }
        }
        evaluate { every 150; selectOn holdout(0.1); keepBest average.glue }
        attendance { patience 4 }
    }
    sweep { grid balancing; seeds 1..3 }
    results {
        table {
            rows balancing
            columns task, average.glue
            compare balancing, equal()
        }
    }
}
