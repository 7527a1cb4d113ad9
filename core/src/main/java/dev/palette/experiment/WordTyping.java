package dev.palette.experiment;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.PolymorphicTypeValidator;
import com.fasterxml.jackson.databind.jsontype.TypeIdResolver;
import com.fasterxml.jackson.databind.jsontype.impl.LaissezFaireSubTypeValidator;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import dev.palette.adapter.Adapter;
import dev.palette.adapter.InlineAdapter;
import dev.palette.balance.LossBalancing;
import dev.palette.sampler.InlineSampling;
import dev.palette.sampler.TaskSampling;
import dev.palette.spec.Description;
import dev.palette.spec.NearestWord;
import dev.palette.spec.Word;
import dev.palette.task.Task;
import dev.palette.task.own.OwnTask;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which record a JSON object is, by its member {@code word}: the vocabulary's words for adapters, sampling methods and
 * tasks; for a sealed interface (optimizers, selections, encoder sources) the names of its records. No class is ever named
 * by the JSON.
 */
final class WordTyping extends ObjectMapper.DefaultTypeResolverBuilder {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable Vocabulary vocabulary;

    WordTyping(@Nullable Vocabulary vocabulary) {
        super(ObjectMapper.DefaultTyping.NON_FINAL, LaissezFaireSubTypeValidator.instance);
        this.vocabulary = vocabulary;
        init(JsonTypeInfo.Id.CUSTOM, null);
        inclusion(JsonTypeInfo.As.PROPERTY);
        typeProperty("word");
    }

    @Override
    public boolean useForType(JavaType type) {
        return Description.class.isAssignableFrom(type.getRawClass()) || isFamily(type.getRawClass());
    }

    @Override
    protected TypeIdResolver idResolver(
            MapperConfig<?> config,
            JavaType family,
            PolymorphicTypeValidator validator,
            Collection<NamedType> subtypes,
            boolean writing,
            boolean reading) {
        return new Words(family, types(family.getRawClass()));
    }

    private static boolean isFamily(Class<?> type) {
        return type.isInterface() && type.isSealed(); // an enum whose constants have bodies is sealed too
    }

    private Map<String, Class<?>> types(Class<?> family) {
        if (isFamily(family)) {
            return Arrays.stream(family.getPermittedSubclasses())
                    .collect(Collectors.toMap(Word::of, Function.identity()));
        }
        Map<String, Class<?>> types = new TreeMap<>();
        words(family).forEach((word, described) -> {
            if (family.isAssignableFrom(described.type())) {
                types.put(word, described.type());
            }
        });
        if (vocabulary != null) {
            types.putAll(defined(family));
        }
        return types;
    }

    /** What a script defines itself: these words are of every vocabulary's JSON, and of no script. */
    private static Map<String, Class<?>> defined(Class<?> family) {
        if (family == Adapter.class) {
            return Map.of(InlineAdapter.WORD, InlineAdapter.class);
        } else if (family == TaskSampling.class) {
            return Map.of(InlineSampling.WORD, InlineSampling.class);
        }
        return family == Task.class ? Map.copyOf(OwnTask.WORDS) : Map.of();
    }

    private Map<String, ? extends Word<?>> words(Class<?> family) {
        if (vocabulary == null) {
            return Map.of();
        } else if (Adapter.class.isAssignableFrom(family)) { // its kinds too, such as parallel adapters
            return vocabulary.adapters();
        } else if (family == TaskSampling.class) {
            return vocabulary.samplings();
        } else if (family == LossBalancing.class) {
            return vocabulary.balancings();
        }
        return family == Task.class ? vocabulary.tasks() : Map.of();
    }

    private static final class Words extends TypeIdResolverBase {
        private final JavaType family;
        private final Map<String, Class<?>> types;

        Words(JavaType family, Map<String, Class<?>> types) {
            this.family = family;
            this.types = types;
        }

        @Override
        public String idFromValue(Object value) {
            return value instanceof Description description ? description.word() : Word.of(value.getClass());
        }

        @Override
        public String idFromValueAndType(Object value, Class<?> suggested) {
            return idFromValue(value);
        }

        @Override
        public JavaType typeFromId(DatabindContext context, String word) {
            Class<?> type = types.get(word);
            if (type == null) {
                throw NearestWord.unknown(kind(), word, types.keySet());
            }
            return context.constructSpecializedType(family, type);
        }

        @Override
        public String getDescForKnownTypeIds() {
            return String.join(", ", types.keySet());
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }

        private String kind() {
            Class<?> raw = family.getRawClass();
            return raw == TaskSampling.class ? "sampling method" : Word.of(raw);
        }
    }
}
