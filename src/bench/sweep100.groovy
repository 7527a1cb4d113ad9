// A sweep of 100 trials, to measure what listing one costs: five architectures, four sampling methods, five seeds.
//
//     time ./palette run src/bench/sweep100.groovy --dry-run

experiment('sweep100') {
    encoder bertBase.uncased
    tasks glue.cola, glue.sst, glue.mrpc, glue.sts, glue.qqp, glue.mnli, glue.qnli, glue.rte

    adapter choice(
            shared(),
            pal { size 204; heads 6 },
            lowRank { size 100 },
            houlsby { size 50 },
            pal { size 204; heads 6 } + houlsby { size 50 })
    sampler choice(roundRobin(), proportional(), squareRoot(), annealed { from 1.0; to 0.2; phases 5 })

    train {
        steps 60_000; batchSize 32; maxLength 128; precision fp32
        optimizer adamW { learningRate 5e-5; warmupFraction 0.1 }
        evaluate { selectOn holdout(0.05); keepBest average.glue }
    }

    sweep { seeds 1..5 }
}
