package dev.palette.kotlin

import dev.palette.adapter.Adapter
import dev.palette.adapter.BitFit
import dev.palette.adapter.Bottleneck
import dev.palette.adapter.Common
import dev.palette.adapter.Compacter
import dev.palette.adapter.Composed
import dev.palette.adapter.Dora
import dev.palette.adapter.Fusion
import dev.palette.adapter.Houlsby
import dev.palette.adapter.HyperFormer
import dev.palette.adapter.Ia3
import dev.palette.adapter.Lhuc
import dev.palette.adapter.Lora
import dev.palette.adapter.LowRank
import dev.palette.adapter.MtlLora
import dev.palette.adapter.Pal
import dev.palette.adapter.ParallelAdapter
import dev.palette.adapter.Polytropon
import dev.palette.adapter.PrefixTuning
import dev.palette.adapter.PromptTuning
import dev.palette.adapter.Separate
import dev.palette.adapter.Shared
import dev.palette.adapter.TopAttention
import dev.palette.adapter.TopLayer
import dev.palette.adapter.Trained
import dev.palette.balance.Equal
import dev.palette.balance.Fixed
import dev.palette.balance.GradNorm
import dev.palette.balance.LossBalancing
import dev.palette.balance.PcGrad
import dev.palette.balance.Uncertainty
import dev.palette.experiment.EarlyStopping
import dev.palette.sampler.Annealed
import dev.palette.sampler.Bandit
import dev.palette.sampler.Dynamic
import dev.palette.sampler.LossDriven
import dev.palette.sampler.Only
import dev.palette.sampler.Proportional
import dev.palette.sampler.RoundRobin
import dev.palette.sampler.SquareRoot
import dev.palette.sampler.Staged
import dev.palette.sampler.TaskSampling
import dev.palette.sampler.Temperature
import dev.palette.train.Optimizer
import dev.palette.train.ParameterGroup
import dev.palette.train.Recovery

// The words of scripts; a test holds them to the vocabulary, so that none is missing. Each makes its family, not its own class, so that
// choice(shared(), pal()) is a choice of adapters.

/** All tasks share every weight but their heads. See [Shared]. */
val shared: BlockWord<ParallelAdapter, Shared.Options> = word(Shared::Options)

/** A copy of the encoder for each task. See [Separate]. */
val separate: BlockWord<Adapter, Separate.Options> = word(Separate::Options)

/** Projected attention layers. See [Pal]. */
val pal: BlockWord<ParallelAdapter, Pal.Options> = word(Pal::Options)

/** Low-rank layers. See [LowRank]. */
val lowRank: BlockWord<ParallelAdapter, LowRank.Options> = word(LowRank::Options)

/** Two adapters in each layer. See [Houlsby]. */
val houlsby: BlockWord<Adapter, Houlsby.Options> = word(Houlsby::Options)

/** Learnt scales of hidden units. See [Lhuc]. */
val lhuc: BlockWord<ParallelAdapter, Lhuc.Options> = word(Lhuc::Options)

/** Low-rank updates of the layers' linear maps. See [Lora]. */
val lora: BlockWord<Adapter, Lora.Options> = word(Lora::Options)

/** Low-rank updates of the maps' directions, with learnt lengths. See [Dora]. */
val dora: BlockWord<Adapter, Dora.Options> = word(Dora::Options)

/** Learnt scales of keys, values and the feed-forward's inner activation. See [Ia3]. */
val ia3: BlockWord<Adapter, Ia3.Options> = word(Ia3::Options)

/** Biases of each task's own. See [BitFit]. */
val bitFit: BlockWord<Adapter, BitFit.Options> = word(BitFit::Options)

/** Narrow layers in the places of AdapterHub's configurations. See [Bottleneck]. */
val bottleneck: BlockWord<Adapter, Bottleneck.Options> = word(Bottleneck::Options)

/** Narrow layers whose weights are sums of Kronecker products. See [Compacter]. */
val compacter: BlockWord<Adapter, Compacter.Options> = word(Compacter::Options)

/** Learnt keys and values before each sequence's own. See [PrefixTuning]. */
val prefixTuning: BlockWord<Adapter, PrefixTuning.Options> = word(PrefixTuning::Options)

/** Learnt vectors before the word pieces. See [PromptTuning]. */
val promptTuning: BlockWord<Adapter, PromptTuning.Options> = word(PromptTuning::Options)

/** Low-rank updates that tasks share but for small parts. See [MtlLora]. */
val mtlLora: BlockWord<Adapter, MtlLora.Options> = word(MtlLora::Options)

/** Shared low-rank updates that tasks choose among. See [Polytropon]. */
val polytropon: BlockWord<Adapter, Polytropon.Options> = word(Polytropon::Options)

/** Adapters that a shared network makes. See [HyperFormer]. */
val hyperFormer: BlockWord<Adapter, HyperFormer.Options> = word(HyperFormer::Options)

/** A method that tasks have in common. See [Common]. */
val common: BlockWord<Adapter, Common.Options> = word(Common::Options)

/** A method that starts from trained adapters in a file. See [Trained]. */
val trained: BlockWord<Adapter, Trained.Options> = word(Trained::Options)

/** Attention over trained adapters of several tasks. See [Fusion]. */
val fusion: BlockWord<Adapter, Fusion.Options> = word(Fusion::Options)

/** A layer for each task above the encoder. See [TopLayer]. */
val topLayer: BlockWord<Adapter, TopLayer.Options> = word(TopLayer::Options)

/** Attention for each task above the encoder. See [TopAttention]. */
val topAttention: BlockWord<Adapter, TopAttention.Options> = word(TopAttention::Options)

/** Several methods together, as `+` says too. See [Composed]. */
val composed: BlockWord<Adapter, Composed.Options> = word(Composed::Options)

/** In proportion to the tasks' sizes. See [Proportional]. */
val proportional: BlockWord<TaskSampling, Proportional.Options> = word(Proportional::Options)

/** In proportion to the roots of the tasks' sizes. See [SquareRoot]. */
val squareRoot: BlockWord<TaskSampling, SquareRoot.Options> = word(SquareRoot::Options)

/** From proportional towards uniform. See [Annealed]. */
val annealed: BlockWord<TaskSampling, Annealed.Options> = word(Annealed::Options)

/** One task after the other. See [RoundRobin]. */
val roundRobin: BlockWord<TaskSampling, RoundRobin.Options> = word(RoundRobin::Options)

/** In proportion to a root of the tasks' sizes. See [Temperature]. */
val temperature: BlockWord<TaskSampling, Temperature.Options> = word(Temperature::Options)

/** More batches for tasks whose loss falls slowly. See [LossDriven]. */
val lossDriven: BlockWord<TaskSampling, LossDriven.Options> = word(LossDriven::Options)

/** More batches for tasks that are far from their single-task scores. See [Dynamic]. */
val dynamic: BlockWord<TaskSampling, Dynamic.Options> = word(Dynamic::Options)

/** More batches for tasks whose scores gain. See [Bandit]. */
val bandit: BlockWord<TaskSampling, Bandit.Options> = word(Bandit::Options)

/** Some of the tasks alone. See [Only]. */
val only: BlockWord<TaskSampling, Only.Options> = word(Only::Options)

/** One method after another. See [Staged]. */
val staged: BlockWord<TaskSampling, Staged.Options> = word(Staged::Options)

/** Every batch's loss counts alike. See [Equal]. */
val equal: BlockWord<LossBalancing, Equal.Options> = word(Equal::Options)

/** Weights of the tasks' losses that stay as they are. See [Fixed]. */
val fixed: BlockWord<LossBalancing, Fixed.Options> = word(Fixed::Options)

/** Weights by each task's learnt uncertainty. See [Uncertainty]. */
val uncertainty: BlockWord<LossBalancing, Uncertainty.Options> = word(Uncertainty::Options)

/** Weights that balance the tasks' gradients. See [GradNorm]. */
val gradNorm: BlockWord<LossBalancing, GradNorm.Options> = word(GradNorm::Options)

/** Gradients of tasks without what conflicts. See [PcGrad]. */
val pcGrad: BlockWord<LossBalancing, PcGrad.Options> = word(PcGrad::Options)

/** AdamW with bias correction. See [Optimizer.AdamW]. */
val adamW: BlockWord<Optimizer, Optimizer.AdamWOptions> = word(Optimizer::AdamWOptions)

/** BERT's own Adam. See [Optimizer.BertAdam]. */
val bertAdam: BlockWord<Optimizer, Optimizer.BertAdamOptions> = word(Optimizer::BertAdamOptions)

/** Parameters with a rate or decay of their own. See [ParameterGroup]. */
val group: BlockWord<ParameterGroup, ParameterGroup.Options> = word(ParameterGroup::Options)

/** A trial that diverges ends. See [Recovery.Stop]. */
val stop: BlockWord<Recovery, Recovery.StopOptions> = word(Recovery::StopOptions)

/** A trial that diverges goes back and continues with lower rates. See [Recovery.GoBack]. */
val goBack: BlockWord<Recovery, Recovery.GoBackOptions> = word(Recovery::GoBackOptions)

/** Trials that do poorly end at rungs. See [EarlyStopping.Asha]. */
val asha: BlockWord<EarlyStopping, EarlyStopping.AshaOptions> = word(EarlyStopping::AshaOptions)

/** Trials below the others' median end. See [EarlyStopping.MedianRule]. */
val medianRule: BlockWord<EarlyStopping, EarlyStopping.MedianRuleOptions> = word(EarlyStopping::MedianRuleOptions)
