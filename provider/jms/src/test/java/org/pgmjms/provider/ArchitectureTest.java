package org.pgmjms.provider;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
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
import java.io.ObjectInputStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.InflaterOutputStream;
import java.util.zip.ZipFile;
import javax.naming.Context;
import org.junit.jupiter.api.Test;

/** How the packages of the provider may use each other, and who may use the engine: docs/adr/0001. */
class ArchitectureTest {
    private static final String ROOT = "org.pgmjms.provider";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void arrowsPointOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("jndi")
                .definedBy(ROOT + ".jndi..")
                .layer("root")
                .definedBy(ROOT)
                .layer("client")
                .definedBy(ROOT + ".client..")
                .layer("companion")
                .definedBy(ROOT + ".companion..")
                .layer("link")
                .definedBy(ROOT + ".link..")
                .layer("message")
                .definedBy(ROOT + ".message..")
                .layer("destination")
                .definedBy(ROOT + ".destination..")
                .layer("selector")
                .definedBy(ROOT + ".selector..")
                .layer("error")
                .definedBy(ROOT + ".error..")
                .layer("auth")
                .definedBy(ROOT + ".auth..")
                .layer("loss")
                .definedBy(ROOT + ".loss..")
                .whereLayer("jndi")
                .mayOnlyAccessLayers("root", "companion", "destination", "error", "loss")
                .whereLayer("root")
                .mayOnlyAccessLayers(
                        "auth", "client", "companion", "link", "message", "destination", "selector", "error", "loss")
                .whereLayer("auth")
                .mayOnlyAccessLayers("error")
                .whereLayer("client")
                .mayOnlyAccessLayers("companion", "link", "message", "destination", "selector", "error", "loss")
                .whereLayer("companion")
                .mayOnlyAccessLayers("message", "destination", "error", "loss")
                .whereLayer("link")
                .mayOnlyAccessLayers("message", "destination", "selector", "error", "loss")
                .whereLayer("message")
                .mayOnlyAccessLayers("destination", "selector", "error", "loss")
                .whereLayer("destination")
                .mayOnlyAccessLayers("error", "loss")
                .whereLayer("selector")
                .mayOnlyAccessLayers("error")
                .whereLayer("error")
                .mayOnlyAccessLayers("loss")
                .whereLayer("loss")
                .mayNotAccessAnyLayer()
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching(ROOT + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyLinkKnowsTheEngine() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".link..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.pgmjms.engine.."));
    }

    @Test
    void linkUsesTheEngineByItsDoors() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + ".link..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.pgmjms.engine.channel..",
                        "org.pgmjms.engine.protocol..",
                        "org.pgmjms.engine.window..",
                        "org.pgmjms.engine.wire..",
                        "org.pgmjms.engine.fec..",
                        "org.pgmjms.engine.net.."));
    }

    @Test
    void companionKnowsBrokersByTheirJmsInterfaceOnly() {
        check(noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.activemq..", "org.apache.qpid..", "org.springframework.."));
    }

    /** What reads bytes of the network cannot be led to a class, an address or a JNDI name. */
    @Test
    void nothingOnTheWireNamesAClassAnAddressOrAJndiName() {
        String[] readers = {ROOT + ".link..", ROOT + ".message..", ROOT + ".selector..", ROOT + ".client.."};
        check(noClasses()
                .that()
                .resideInAnyPackage(readers)
                .should()
                .dependOnClassesThat(describe("look things up", ArchitectureTest::looksThingsUp)));
        check(noClasses()
                .that()
                .resideInAnyPackage(readers)
                .and(not(describe("a filtered object stream", type -> type.isAssignableTo(ObjectInputStream.class))))
                .should()
                .callCodeUnitWhere(describe("a class is found by its name", ArchitectureTest::findsClass)));
    }

    /** There is no compression: no bytes become more than they are. */
    @Test
    void nothingInflates() {
        check(noClasses()
                .should()
                .dependOnClassesThat(describe("inflate, or read archives", ArchitectureTest::inflates)));
    }

    @Test
    void onlyClientAndLinkStartThreads() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".client..", ROOT + ".link..")
                .should()
                .callCodeUnitWhere(describe("a thread is made or started", ArchitectureTest::startsThread)));
    }

    /** So that no class, method or resource is ever named by bytes from the network. */
    @Test
    void onlyTheBodiesOfObjectMessagesNameClasses() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".message..",
                        ROOT + ".link..",
                        ROOT + ".client..",
                        ROOT + ".destination..",
                        ROOT + ".selector..")
                .and(not(describe(
                        "SerializedObject",
                        (JavaClass c) -> c.getName().startsWith(ROOT + ".message.SerializedObject"))))
                .should()
                .callCodeUnitWhere(
                        describe("a class is found by name or an object is read", ArchitectureTest::findsByName)));
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
                .and(not(describe("a connection factory, which servers subclass", ArchitectureTest::isFactory)))
                .and(not(describe(
                        "what callers keep as a part of a route of theirs, not exported",
                        (JavaClass c) -> c.getName().equals(ROOT + ".link.LinkTopic"))))
                .should()
                .haveModifier(JavaModifier.FINAL));
    }

    @Test
    void noMethodIsSynchronized() {
        check(noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED));
    }

    private static boolean looksThingsUp(JavaClass type) {
        return type.getPackageName().startsWith("javax.naming")
                || type.isEquivalentTo(URL.class)
                || type.isEquivalentTo(ServiceLoader.class);
    }

    private static boolean inflates(JavaClass type) {
        return Stream.of(Inflater.class, InflaterInputStream.class, InflaterOutputStream.class, ZipFile.class)
                        .anyMatch(type::isAssignableTo)
                || type.getPackageName().startsWith("io.netty.handler.codec.compression");
    }

    private static boolean findsClass(JavaCall<?> call) {
        AccessTarget target = call.getTarget();
        JavaClass owner = target.getOwner();
        return owner.isEquivalentTo(Class.class) && target.getName().equals("forName")
                || owner.isAssignableTo(ClassLoader.class) && target.getName().equals("loadClass");
    }

    private static boolean isFactory(JavaClass type) {
        return type.isAssignableTo("jakarta.jms.ConnectionFactory");
    }

    private static boolean findsByName(JavaCall<?> call) {
        AccessTarget target = call.getTarget();
        JavaClass owner = target.getOwner();
        String name = target.getName();
        return owner.isEquivalentTo(Class.class) && (name.equals("forName") || name.startsWith("getResource"))
                || owner.isAssignableTo(ClassLoader.class)
                || owner.isAssignableTo(ObjectInputStream.class)
                || owner.isAssignableTo(Method.class)
                || owner.isAssignableTo(Context.class)
                || owner.isEquivalentTo(URL.class);
    }

    private static boolean startsThread(JavaCall<?> call) {
        AccessTarget target = call.getTarget();
        JavaClass owner = target.getOwner();
        String name = target.getName();
        return owner.isAssignableTo(Thread.class) && (name.equals("<init>") || name.equals("start"))
                || owner.isAssignableTo(ThreadFactory.class) && name.equals("newThread")
                || owner.isAssignableTo(ExecutorService.class) && name.equals("<init>")
                || owner.isEquivalentTo(Executors.class) && name.startsWith("new")
                || owner.isEquivalentTo(CompletableFuture.class) && name.endsWith("Async");
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
