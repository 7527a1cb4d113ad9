// Stickland & Murray (2019): a BERT-base for each task, which is what sharing one is held against. Each has an equal part of the steps that
// the shared ones have in all.
//
//     ./palette run experiments/paper/separate.groovy --profile reduced --set data.dir=<glue_data>

include 'reduced.groovy'

def alone(tasks) { choice('task', tasks.collect { [it] }) }

experiment('separate') {
    encoder bertBase.uncased
    tasks alone(glue.eight)
    adapter shared()
    sampler proportional()
    train {
        steps 7_500; batchSize 32; maxLength 128
        optimizer bertAdam { learningRate 2e-5; warmupFraction 0.1 }
        evaluate { every 300; selectOn holdout(0.02); keepBest average.paper }
    }
    profiles variant('reduced') {
        tasks alone([glue.cola, glue.mrpc, glue.sts, glue.rte, glue.mnli])
        train {
            steps 120; batchSize 8
            optimizer bertAdam { learningRate 5e-5; warmupFraction 0.1 }
            evaluate { every 0; selectOn nothing; devExamples 2_000 }
        }
    }
    sweep { seeds 1..3 }
    results { table { over 'task'; columns task, average.paper } }
}
