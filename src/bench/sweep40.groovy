// Forty short trials, to see how long a device stands idle between two of them; the runner says so at the end:
//     palette run src/bench/sweep40.groovy

def architecture = choice('architecture', shared(), pal { size 48; heads 4 })

experiment('sweep40') {
    encoder bertBase.uncased
    layers 2
    dataDir '../../experiments/data/quickstart'
    tasks glue.cola { name 'acceptability'; directory 'acceptability' },
          glue.mrpc { name 'paraphrase'; directory 'paraphrase' }
    adapter architecture
    sampler roundRobin()
    train { steps 60; batchSize 16; maxLength 32; evaluate { every 30; selectOn holdout(0.1) } }
    sweep { grid architecture; seeds 1..20 }
}
