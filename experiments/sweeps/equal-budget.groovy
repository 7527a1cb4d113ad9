// What people compare PALs with today, at equal size: each method gets the parameters that make BERT-base with four tasks 1.13 times as
// large, as PALs(204) make it with eight. Methods that are small by nature are marked light, and keep their natural size.
// 600 steps of 16 examples for each of 20 variants and three seeds: two days of two cores, some hours of a GPU; --profile reduced
// trains on half as many, in bf16 where the processor is fast at it. Stopped? Run it again.
//
//     ./palette run experiments/sweeps/equal-budget.groovy --set data.dir=<glue_data> --dry-run      sizes, trials, time
//     ./palette run experiments/sweeps/equal-budget.groovy --set data.dir=<glue_data>
//
// As in the paper, the encoder is trained too. With --set train.freeze=pretrained --set train.optimizer.learningRate=5e-4 the methods alone
// are trained, which is how most of them were meant.

experiment('equal-budget') {
    encoder bertBase.uncased
    tasks glue.cola, glue.mrpc, glue.sts, glue.rte
    sampler annealed { from 1.0; to 0.2; phases 5 }

    train {
        steps 600; batchSize 16; maxLength 128
        optimizer adamW { learningRate 5e-5; warmupFraction 0.1 }
        evaluate { selectOn holdout(0.05); keepBest average.glue }       // the whole dev sets are what is reported
    }

    profiles variant('reduced') { train { steps 600; batchSize 8; precision auto; evaluate { selectOn nothing } } } // the last weights are reported

    sweep {
        list variant('shared, light') { adapter shared() },
             variant('PALs') { adapter pal { size 294; heads 6 } },
             variant('low rank') { adapter lowRank { size 192 } },
             variant('Houlsby, as in the paper') { adapter houlsby { size 96 } },
             variant('bottleneck, Houlsby') { adapter bottleneck { form adapterHub.houlsby; reduction 8; activation swish } },
             variant('bottleneck, Pfeiffer') { adapter bottleneck { form adapterHub.pfeiffer; reduction 4 } },
             variant('bottleneck, parallel') { adapter bottleneck { form adapterHub.parallel; reduction 4; scaling 4 } },
             variant('projected attention on top') { adapter topAttention { size 354; heads 6 } },
             variant('LoRA') {
                 adapter lora {
                     rank 21; alpha 21
                     projections attention.query, attention.key, attention.value, attention.output, feedForward.inner, feedForward.outer
                 }
             },
             variant('DoRA') {
                 adapter dora {
                     rank 21; alpha 21
                     projections attention.query, attention.key, attention.value, attention.output, feedForward.inner, feedForward.outer
                 }
             },
             variant('MTL-LoRA') {
                 adapter mtlLora {
                     rank 41; alpha 41
                     projections attention.query, attention.key, attention.value, attention.output, feedForward.inner, feedForward.outer
                 }
             },
             variant('Polytropon') {
                 adapter polytropon {
                     skills 8; rank 11; alpha 11
                     projections attention.query, attention.key, attention.value, attention.output, feedForward.inner, feedForward.outer
                 }
             },
             variant('HyperFormer') { adapter hyperFormer { size 143 } },
             variant('prefix tuning') { adapter prefixTuning { length 30; reparameterisation 184 } },
             variant('LoRA of rank 8, light') { adapter lora { rank 8 } },
             variant('Compacter, light') { adapter compacter() },
             variant('IA³, light') { adapter ia3() },
             variant('BitFit, light') { adapter bitFit() },
             variant('LHUC, light') { adapter lhuc() },
             variant('prompt tuning, light') { adapter promptTuning() }
        seeds 1..3
    }

    results {
        table {
            rows 'variant'
            columns task, average.glue, parameters, time, memory
            compare 'variant', 'shared, light'
        }
    }
}
