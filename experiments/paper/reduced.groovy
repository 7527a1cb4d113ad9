// What --profile reduced means in this folder: the four small tasks and MNLI, drawn by their official sizes, though of MNLI only a part may
// be at hand; a training that fits a machine without a GPU; the weights of the last step.

def reduced() {
    variant('reduced') {
        tasks glue.cola, glue.mrpc, glue.sts, glue.rte, glue.mnli
        train {
            steps 600; batchSize 8; taskSizes official
            optimizer bertAdam { learningRate 5e-5; warmupFraction 0.1 }
            evaluate { every 0; selectOn nothing; devExamples 2_000 }
        }
    }
}
