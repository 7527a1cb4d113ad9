// Twelve short trials, to see what Spark costs a trial; src/bench/spark/overhead.sh runs them.

def architecture = choice('architecture', houlsby { size 8 }, pal { size 48; heads 4 })

experiment('overhead') {
    encoder bertBase.uncased
    layers 2
    dataDir '../../../experiments/data/quickstart'
    tasks glue.cola { name 'acceptability'; directory 'acceptability' }
    adapter architecture
    sampler roundRobin()
    train {
        steps 40; batchSize 8; maxLength 32
        freeze pretrained
        evaluate { every 40; selectOn dev }
    }
    sweep { grid architecture; seeds 1..6 }
}
