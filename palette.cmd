@echo off
rem Starts Palette on Windows; builds it first where there is no build yet or a source is newer. The script "palette" beside
rem this one says more; this one takes no lock: let one start build before you start several.
setlocal
set "root=%~dp0"
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
"%java%" -version >nul 2>&1
if errorlevel 1 (
    echo palette: needs a JDK 17 or later. Install one and set JAVA_HOME to its folder. 1>&2
    exit /b 2
)
rem Kotlin scripts need a further module and the Kotlin compiler.
set "part=dsl"
echo(%* | findstr /i /c:".kts" >nul && set "part=dsl\kotlin"
powershell -NoProfile -Command "$root = $env:root; $built = Get-Item ($root + $env:part + '\target\class-path') -ErrorAction Ignore; if (-not $built) { exit 1 }; $sources = 'pom.xml', 'core\pom.xml', 'dsl\pom.xml', 'dsl\kotlin\pom.xml', 'core\src\main', 'dsl\src\main', 'dsl\kotlin\src\main' | ForEach-Object { $root + $_ }; if (Get-Item $sources, (Get-ChildItem -Recurse $sources).FullName | Where-Object LastWriteTime -gt $built.LastWriteTime) { exit 1 }"
if errorlevel 1 (
    echo building Palette ... 1>&2
    pushd "%root%"
    call mvnw.cmd -q -B -ntp -Dquick -Dmaven.test.skip=true -pl %part:\=/% -am package 1>&2
    if errorlevel 1 (
        popd
        echo palette: the build failed; its messages are above. 1>&2
        exit /b 2
    )
    popd
)
for /f "usebackq delims=" %%c in ("%root%dsl\target\class-path") do set "CLASSPATH=%root%core\target\palette-core.jar;%root%dsl\target\palette-dsl.jar;%%c;%root%plugins\*"
if "%part%"=="dsl\kotlin" for /f "usebackq delims=" %%c in ("%root%dsl\kotlin\target\class-path") do set "CLASSPATH=%CLASSPATH%;%root%dsl\kotlin\target\palette-kotlin.jar;%%c"
"%java%" -Xmx2g -XX:+UseSerialGC -Dfile.encoding=UTF-8 -DOPT_OUT_TRACKING=true -Dai.djl.offline=true -DRUST_FLAVOR=cpu %PALETTE_JAVA_OPTIONS% dev.palette.cli.Main %*
