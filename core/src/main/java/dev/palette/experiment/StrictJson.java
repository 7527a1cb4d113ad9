package dev.palette.experiment;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.palette.spec.NearestWord;
import dev.palette.spec.PaletteException;
import dev.palette.spec.Word;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Jackson as Palette uses it: records by their components, enum constants as scripts write them, descriptions under their word;
 * and whatever is unknown, missing, doubled, null or of another type is an error that names the member.
 */
public final class StrictJson {
    /** Deeper than anything that we write, and not so deep that a hostile file exhausts the stack. */
    private static final int DEEPEST = 100;

    private static final ObjectMapper PLAIN = configure(null);

    private StrictJson() {}

    /** Writes everything; reads what holds no word of a script. */
    public static ObjectMapper mapper() {
        return PLAIN;
    }

    /** Reads descriptions too, by the words of {@code vocabulary}. */
    public static ObjectMapper mapper(Vocabulary vocabulary) {
        return configure(vocabulary);
    }

    /** The text of a tree with every object's keys in alphabetical order and no white space. */
    public static String canonical(JsonNode tree) {
        try {
            return PLAIN.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory cannot fail to be written", e);
        }
    }

    /**
     * What is wrong with a JSON text, for a person.
     *
     * @param place the file or thing it stands in
     */
    public static PaletteException explain(String place, JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping) {
            String where = path(mapping);
            return new PaletteException((where.isEmpty() ? place : place + ": " + where) + ": " + problem(mapping), e);
        }
        String at = e.getLocation() == null
                ? ""
                : " at line %d, column %d"
                        .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr());
        return new PaletteException("%s: no valid JSON%s: %s".formatted(place, at, plain(e)), e);
    }

    private static String problem(JsonMappingException e) {
        if (e.getCause() instanceof PaletteException refused) {
            return message(refused);
        } else if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known =
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
            return message(NearestWord.unknown("member", unknown.getPropertyName(), known));
        } else if (e instanceof InvalidFormatException wrong
                && wrong.getTargetType().isEnum()) {
            return message(
                    NearestWord.unknown("value", String.valueOf(wrong.getValue()), constants(wrong.getTargetType())));
        } else if (e instanceof InvalidTypeIdException) {
            return "expected an object with a member 'word'";
        } else if (e instanceof InvalidNullException) {
            return "is null, expected a value";
        } else if (e.getOriginalMessage()
                .startsWith("Missing required creator property")) { // Jackson has no exception of its own for it
            return "is missing";
        } else if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "expected " + expected(mismatch.getTargetType()) + ": " + plain(e);
        }
        return plain(e);
    }

    /** Jackson's own words without its advice on how to configure Jackson. */
    private static String plain(JsonProcessingException e) {
        return e.getOriginalMessage().replaceAll(" \\((but|set|start marker) .*", "");
    }

    private static String message(PaletteException e) {
        return String.valueOf(e.getMessage());
    }

    private static String expected(Class<?> type) {
        if (type == int.class || type == long.class) {
            return "a whole number";
        } else if (type == double.class) {
            return "a number";
        } else if (type == boolean.class) {
            return "true or false";
        } else if (type == String.class) {
            return "a text";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }

    private static Collection<String> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Word.of((Enum<?>) constant))
                .toList();
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }

    private static ObjectMapper configure(@Nullable Vocabulary vocabulary) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        StreamWriteFeature
                                .USE_FAST_DOUBLE_WRITER) // shortest on every JDK; Double.toString is not before 19
                .build();
        return JsonMapper.builder(factory)
                .visibility(PropertyAccessor.ALL, Visibility.NONE)
                .visibility(PropertyAccessor.FIELD, Visibility.ANY)
                .visibility(PropertyAccessor.CREATOR, Visibility.ANY)
                .annotationIntrospector(new ScriptNames())
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.FAIL, Nulls.FAIL))
                .setDefaultTyping(new WordTyping(vocabulary))
                .build();
    }

    /** Enum constants in camel case; null, or nothing at all, where a record's component says that it may be. */
    private static final class ScriptNames extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public String[] findEnumValues(
                MapperConfig<?> config, AnnotatedClass type, Enum<?>[] constants, String[] names) {
            for (int i = 0; i < constants.length; i++) {
                names[i] = Word.of(constants[i]);
            }
            return names;
        }

        @Override
        public JsonSetter.Value findSetterInfo(Annotated member) {
            return mayBeNull(member) ? JsonSetter.Value.forValueNulls(Nulls.SET) : super.findSetterInfo(member);
        }

        @Override
        public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
            return member instanceof AnnotatedParameter ? Boolean.valueOf(!mayBeNull(member)) : null;
        }

        private static boolean mayBeNull(Annotated member) {
            if (member instanceof AnnotatedParameter parameter
                    && parameter.getOwner().getAnnotated() instanceof Executable constructor) {
                return constructor.getAnnotatedParameterTypes()[parameter.getIndex()].isAnnotationPresent(
                        Nullable.class);
            }
            return member.getAnnotated() instanceof Field field
                    && field.getAnnotatedType().isAnnotationPresent(Nullable.class);
        }
    }
}
