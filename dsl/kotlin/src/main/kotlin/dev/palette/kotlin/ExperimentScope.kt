package dev.palette.kotlin

import dev.palette.adapter.Adapter
import dev.palette.experiment.Experiment
import dev.palette.experiment.RunPlan
import dev.palette.experiment.Settings
import dev.palette.experiment.Space
import dev.palette.experiment.Sweep
import dev.palette.experiment.Template
import dev.palette.pretrained.EncoderSource
import dev.palette.sampler.TaskSampling
import dev.palette.spec.PaletteException
import dev.palette.table.TableSpec
import dev.palette.task.Task
import dev.palette.train.EvaluationPlan
import dev.palette.train.Training
import java.nio.file.Path

/**
 * What stands between the braces of `experiment("name") { … }`: the options of [Experiment.Options], each at most once, in any order.
 * Where an option varies, an axis stands in the place of its value.
 */
@PaletteDsl
class ExperimentScope
internal constructor(
    private val name: String,
    private val folder: Path,
    internal var settings: Settings,
    private val place: () -> String,
) {
    private val given = mutableListOf<(Experiment.Options) -> Unit>()
    private val names = mutableSetOf<String>()
    private var plan: RunPlan? = null
    private val results = ResultsScope()

    /** Where the encoder comes from: `bertBase.uncased`. */
    fun encoder(source: EncoderSource) = encoder(Space.of(source))

    /** Where the encoder comes from. */
    fun encoder(sources: Space<EncoderSource>) = option("encoder") { it.encoder(sources) }

    /** A directory with `config.json`, `model.safetensors` and `vocab.txt`, relative to the script. */
    fun encoder(directory: String) = encoder(EncoderSource.Directory(folder.resolve(directory).normalize().toString()))

    /** Layers kept, counted from the embeddings; all by default. */
    fun layers(count: Int) = layers(Space.of(count))

    /** Layers kept, counted from the embeddings. */
    fun layers(counts: Space<Int>) = option("layers") { it.layers(counts) }

    /** Where the tasks' data lie, relative to the script; the setting `data.dir`. */
    fun dataDir(directory: String) = setting("dataDir", "data.dir", directory)

    /** Whether the test sets that are there are predicted too, for a submission; the setting `predict.test`. */
    fun predictTest(value: Boolean) = setting("predictTest", "predict.test", value.toString())

    /** What is learnt together, in order. */
    fun tasks(vararg values: Task) = tasks(values.asList())

    /** What is learnt together, in order. */
    fun tasks(values: Collection<Task>) = option("tasks") { it.tasks(values) }

    /** What is learnt together. */
    fun tasks(values: Space<List<Task>>) = option("tasks") { it.tasks(values) }

    /** The parameters added to the encoder. */
    fun adapter(value: Adapter) = adapter(Space.of(value))

    /** The parameters added to the encoder. */
    fun adapter(values: Space<out Adapter>) = option("adapter") { it.adapter(values) }

    /** Which task the next batch comes from. */
    fun sampler(value: TaskSampling) = sampler(Space.of(value))

    /** Which task the next batch comes from. */
    fun sampler(values: Space<out TaskSampling>) = option("sampler") { it.sampling(values) }

    /** How every trial is trained. */
    fun train(options: (@PaletteDsl Training.Options).() -> Unit) =
        option("train") { experiment -> experiment.training { it.options() } }

    /**
     * How every trial is trained, where options vary: the others between the braces, those in [vary].
     * `train({ steps(600) }) { vary(Training.Options::batchSize, choice(16, 32)) }`
     */
    fun train(
        options: (@PaletteDsl Training.Options).() -> Unit,
        vary: Template<Training, Training.Options>.() -> Template<Training, Training.Options>,
    ) = option("train") { experiment ->
        val plan = Template.of<Training, Training.Options> { settings.belowScript(Training.Options(), "train") }
        experiment.training(plan.with { it.options() }.vary())
    }

    /** On which devices trials run, how many at once, and what becomes of one that fails. */
    fun run(options: (@PaletteDsl RunPlan.Options).() -> Unit) {
        once("run")
        plan = RunPlan.of { it.options() }
    }

    /** Which variants are run, and the seeds. */
    fun sweep(options: (@PaletteDsl Sweep.Options).() -> Unit) =
        option("sweep") { experiment -> experiment.sweep { it.options() } }

    /**
     * Another form of the whole experiment, such as one for a smaller machine; `palette run --profile reduced` takes the one called so:
     * `profile("reduced") { training { it.steps(300) } }`.
     */
    fun profile(title: String, options: Experiment.Options.() -> Unit) {
        once("profile($title)")
        given += { experiment -> experiment.profile(title) { it.options() } }
    }

    /** What is made of the results: the table that is printed at the end. */
    fun results(options: ResultsScope.() -> Unit) {
        once("results")
        results.options()
    }

    internal fun experiment(): Experiment =
        Experiment.of(name, settings) { options -> given.forEach { it(options) } }

    internal fun runPlan(): RunPlan = plan?.let(settings::runPlan) ?: settings.runPlan()

    internal fun table(experiment: Experiment): TableSpec = results.spec(experiment, folder)

    private fun option(name: String, set: (Experiment.Options) -> Unit) {
        once(name)
        given += set
    }

    private fun setting(name: String, key: String, value: String) {
        once(name)
        settings = settings.withScript(key, value, place())
    }

    private fun once(name: String) {
        if (!names.add(name)) {
            throw PaletteException("$name is given twice in experiment; leave one of them out")
        }
    }
}

/**
 * An experiment for a program: `experiment("pals") { encoder(bertBase.uncased); … }`.
 *
 * @param folder that relative paths start from; the current one by default
 * @param settings below and above what the braces say; the defaults alone by default
 */
fun experiment(
    name: String,
    folder: Path = Path.of("").toAbsolutePath(),
    settings: Settings = Settings.defaults(),
    options: ExperimentScope.() -> Unit,
): Experiment = ExperimentScope(name, folder, settings) { "the program" }.apply(options).experiment()

/** When and on what the model is evaluated while it is trained: what the braces do not say stays as it is set. */
fun Training.Options.evaluate(options: (@PaletteDsl EvaluationPlan.Options).() -> Unit): Training.Options =
    evaluate(build().evaluate().toBlock().apply(options).build())

/** One trial a seed: `seeds(1..3)`. */
fun Sweep.Options.seeds(values: IntRange): Sweep.Options = seeds(values.map { it.toLong() })
