// Is training in bf16 as good as in fp32? One model for MRPC and STS-B, five seeds. equivalence.sh runs this once in each precision
// and compares the dev scores.

experiment('equivalence') {
    encoder bertBase.uncased
    tasks glue.mrpc, glue.sts

    adapter pal { size 204; heads 6 }
    sampler proportional()

    train {
        steps 900; batchSize 16; maxLength 128             // about one and a half epochs of both tasks
        optimizer adamW { learningRate 5e-5; warmupFraction 0.1 }
        evaluate { selectOn holdout(0.05); keepBest average.glue }
    }

    sweep { seeds 1..5 }
}
