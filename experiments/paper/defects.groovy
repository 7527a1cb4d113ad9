// Which conclusion hangs on which defect of the original code? PALs(204) with each of those that concern them alone, with all, with none.
//
//     ./palette run experiments/paper/defects.groovy --profile reduced --set data.dir=<glue_data>

include 'reduced.groovy'

def alone = [clipPerTensor, updateIdle, schedulePerParameter, dropoutFirstEpochOnly, replayFirstPass, fixedTaskSizes,
             batchMeanMetrics, reportLastWeights]

experiment('defects') {
    encoder bertBase.uncased
    tasks glue.eight
    adapter pal { size 204; heads 6 }
    sampler annealed { from 1.0; to 0.2; phases 25 }
    train {
        steps 60_000; batchSize 32; maxLength 128
        optimizer bertAdam { learningRate 2e-5; warmupFraction 0.1 }
        evaluate { every 2_400; selectOn holdout(0.02); keepBest average.paper }
    }
    profiles variant('reduced') {
        tasks glue.cola, glue.mrpc, glue.sts, glue.rte, glue.mnli
        train {
            steps 600; batchSize 8; taskSizes official
            optimizer bertAdam { learningRate 5e-5; warmupFraction 0.1 }
            evaluate { every 120; selectOn holdout(0.01); keepBest average.paper; devExamples 2_000 }
        }
    }
    sweep {
        list([variant('none') {}, variant('all') { train { compatibility original } }]
                + alone.collect { defect -> variant("$defect") { train { compatibility defect } } })
        seeds 1..3
    }
    results {
        table {
            rows 'variant'; columns task, average.paper
            compare 'variant', 'none'
        }
    }
}
