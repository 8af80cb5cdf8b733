package org.pgmjms.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

/** How the packages of the engine may use each other: docs/adr/0001 and 0003. */
class ArchitectureTest {
    private static final String ROOT = "org.pgmjms.engine";

    /** The protocol and everything under it: no sockets, no clock, no threads, no log. */
    private static final String[] CORE = {ROOT + ".protocol..", ROOT + ".window..", ROOT + ".wire..", ROOT + ".fec.."};

    /** What an agent needs of the packages under the protocol to drive it. */
    private static final Set<String> WORDS_OF_THE_CORE = Set.of(
            ROOT + ".wire.Afi",
            ROOT + ".wire.DecodeResult",
            ROOT + ".wire.Nla",
            ROOT + ".wire.PacketType",
            ROOT + ".wire.PacketView",
            ROOT + ".window.WindowStore");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("root")
                .definedBy(ROOT)
                .layer("channel")
                .definedBy(ROOT + ".channel..")
                .layer("protocol")
                .definedBy(ROOT + ".protocol..")
                .layer("window")
                .definedBy(ROOT + ".window..")
                .layer("wire")
                .definedBy(ROOT + ".wire..")
                .layer("fec")
                .definedBy(ROOT + ".fec..")
                .layer("net")
                .definedBy(ROOT + ".net..")
                .layer("jmx")
                .definedBy(ROOT + ".jmx..")
                .layer("api")
                .definedBy(ROOT + ".api..")
                .whereLayer("root")
                .mayOnlyAccessLayers("channel", "api")
                .whereLayer("channel")
                .mayOnlyAccessLayers("protocol", "window", "wire", "net", "jmx", "api")
                .whereLayer("protocol")
                .mayOnlyAccessLayers("window", "wire", "fec", "api")
                .whereLayer("window")
                .mayOnlyAccessLayers("wire", "fec", "api")
                .whereLayer("wire")
                .mayOnlyAccessLayers("api")
                .whereLayer("fec")
                .mayNotAccessAnyLayer()
                .whereLayer("net")
                .mayOnlyAccessLayers("api")
                .whereLayer("jmx")
                .mayOnlyAccessLayers("api")
                .whereLayer("api")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void channelReadsNoHeadersAndKeepsNoWindows() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".channel..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(ROOT + ".wire..", ROOT + ".window..")
                        .and(not(describe("words of the core", ArchitectureTest::isWordOfTheCore)))));
    }

    @Test
    void protocolDoesNoInputOrOutput() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "java.nio.channels..", "java.io..", "java.nio.file.."));
    }

    @Test
    void protocolStartsNoThreadAndTakesNoLock() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("java.util.concurrent..").or(belongToAnyOf(Thread.class))));
    }

    @Test
    void theCoreKeepsNoLog() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.slf4j..", "java.lang.System$Logger.."));
    }

    @Test
    void onlyTombstonesAreCached() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CORE)
                .and()
                .doNotHaveSimpleName("Tombstones")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.github.benmanes.."));
    }

    @Test
    void onlyChannelStartsThreads() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".channel..")
                .should()
                .callCodeUnitWhere(describe("a thread is made or started", ArchitectureTest::startsThread)));
    }

    @Test
    void publicClassesAreClosedToExtension() {
        check(classes()
                .that()
                .arePublic()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and(not(describe("sealed", (JavaClass c) -> c.reflect().isSealed())))
                .should()
                .haveModifier(JavaModifier.FINAL));
    }

    @Test
    void noMethodIsSynchronized() {
        check(noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED));
    }

    private static boolean isWordOfTheCore(JavaClass type) {
        return WORDS_OF_THE_CORE.stream()
                .anyMatch(word -> type.getBaseComponentType().getName().equals(word)
                        || type.getName().startsWith(word + "$"));
    }

    private static boolean startsThread(JavaCall<?> call) {
        AccessTarget target = call.getTarget();
        JavaClass owner = target.getOwner();
        String name = target.getName();
        return owner.isAssignableTo(Thread.class) && (name.equals("<init>") || name.equals("start"))
                || owner.isAssignableTo(ThreadFactory.class) && name.equals("newThread")
                || owner.isAssignableTo(ExecutorService.class) && name.equals("<init>")
                || owner.isEquivalentTo(Executors.class) && name.startsWith("new")
                || owner.isEquivalentTo(ForkJoinPool.class) && name.equals("commonPool")
                || owner.isEquivalentTo(CompletableFuture.class) && name.endsWith("Async");
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
