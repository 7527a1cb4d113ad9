// What Stickland & Murray (2019) compare: ways to share one BERT-base among GLUE's eight tasks, trained as they did.
// 60,000 steps of 32 examples for each of seven variants: for a GPU, or for weeks of a processor. Stopped? Run it again: it goes on.
//
//     ./palette download glue --to glue_data
//     ./palette run experiments/pals-on-glue.groovy --set data.dir=glue_data

def architecture = choice('architecture',
        shared(), pal { size 204; heads 6 }, pal { size 276; heads 6; layers 6..11 }, lowRank { size 100 }, houlsby { size 50 },
        topAttention { size 204 }, topLayer())

experiment('pals-on-glue') {
    encoder bertBase.uncased
    tasks glue.eight                                         // GLUE's but for WNLI

    adapter architecture
    sampler annealed { from 1.0; to 0.2; phases 25 }         // the paper's 25 epochs, of 2,400 steps each

    train {
        steps 60_000; batchSize 32; maxLength 128
        optimizer bertAdam { learningRate 2e-5; warmupFraction 0.1 }
        // The paper chose by the dev sets. Here a part of the training data chooses, so that the dev sets' scores are not too good.
        evaluate { every 2_400; selectOn holdout(0.02); keepBest average.paper }
    }

    sweep { seeds 1..3 }

    results {
        table {
            rows architecture
            columns task, average.paper, parameters
            compare architecture, shared()
            beside references.sticklandMurray.glueTest       // GLUE's test server: other examples, so no differences are printed
        }
    }
}
