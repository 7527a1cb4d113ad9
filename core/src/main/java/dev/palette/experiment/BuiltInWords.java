package dev.palette.experiment;

import dev.palette.adapter.BitFit;
import dev.palette.adapter.Bottleneck;
import dev.palette.adapter.Common;
import dev.palette.adapter.Compacter;
import dev.palette.adapter.Composed;
import dev.palette.adapter.Dora;
import dev.palette.adapter.Fusion;
import dev.palette.adapter.Houlsby;
import dev.palette.adapter.HyperFormer;
import dev.palette.adapter.Ia3;
import dev.palette.adapter.Lhuc;
import dev.palette.adapter.Lora;
import dev.palette.adapter.LowRank;
import dev.palette.adapter.MtlLora;
import dev.palette.adapter.Pal;
import dev.palette.adapter.Polytropon;
import dev.palette.adapter.PrefixTuning;
import dev.palette.adapter.PromptTuning;
import dev.palette.adapter.Separate;
import dev.palette.adapter.Shared;
import dev.palette.adapter.TopAttention;
import dev.palette.adapter.TopLayer;
import dev.palette.adapter.Trained;
import dev.palette.sampler.Annealed;
import dev.palette.sampler.Bandit;
import dev.palette.sampler.Dynamic;
import dev.palette.sampler.LossDriven;
import dev.palette.sampler.Only;
import dev.palette.sampler.Proportional;
import dev.palette.sampler.RoundRobin;
import dev.palette.sampler.SquareRoot;
import dev.palette.sampler.Staged;
import dev.palette.sampler.Temperature;
import dev.palette.task.GlueTasks;
import dev.palette.task.squad.Squad;
import dev.palette.task.superglue.SuperGlueTasks;

/** The words that come with Palette. */
final class BuiltInWords extends Plugin {
    @Override
    protected void configure() {
        adapter("shared", Shared.class, Shared.Options::new);
        adapter("separate", Separate.class, Separate.Options::new);
        adapter("pal", Pal.class, Pal.Options::new);
        adapter("lowRank", LowRank.class, LowRank.Options::new);
        adapter("houlsby", Houlsby.class, Houlsby.Options::new);
        adapter("lhuc", Lhuc.class, Lhuc.Options::new);
        adapter("lora", Lora.class, Lora.Options::new);
        adapter("dora", Dora.class, Dora.Options::new);
        adapter("ia3", Ia3.class, Ia3.Options::new);
        adapter("bitFit", BitFit.class, BitFit.Options::new);
        adapter("bottleneck", Bottleneck.class, Bottleneck.Options::new);
        adapter("compacter", Compacter.class, Compacter.Options::new);
        adapter("prefixTuning", PrefixTuning.class, PrefixTuning.Options::new);
        adapter("promptTuning", PromptTuning.class, PromptTuning.Options::new);
        adapter("mtlLora", MtlLora.class, MtlLora.Options::new);
        adapter("polytropon", Polytropon.class, Polytropon.Options::new);
        adapter("hyperFormer", HyperFormer.class, HyperFormer.Options::new);
        adapter("common", Common.class, Common.Options::new);
        adapter("trained", Trained.class, Trained.Options::new);
        adapter("fusion", Fusion.class, Fusion.Options::new);
        adapter("topAttention", TopAttention.class, TopAttention.Options::new);
        adapter("topLayer", TopLayer.class, TopLayer.Options::new);
        adapter("composed", Composed.class, Composed.Options::new);
        sampling("roundRobin", RoundRobin.class, RoundRobin.Options::new);
        sampling("proportional", Proportional.class, Proportional.Options::new);
        sampling("squareRoot", SquareRoot.class, SquareRoot.Options::new);
        sampling("annealed", Annealed.class, Annealed.Options::new);
        sampling("temperature", Temperature.class, Temperature.Options::new);
        sampling("lossDriven", LossDriven.class, LossDriven.Options::new);
        sampling("dynamic", Dynamic.class, Dynamic.Options::new);
        sampling("bandit", Bandit.class, Bandit.Options::new);
        sampling("only", Only.class, Only.Options::new);
        sampling("staged", Staged.class, Staged.Options::new);
        task("squad.v11", Squad.class, Squad.Options::new);
        SuperGlueTasks.words().forEach((word, task) -> task(word, task.type(), task.newBlock()));
        GlueTasks.words().forEach((word, task) -> task(word, task.type(), task.newBlock()));
    }
}
