# Building holdfast and putting its programs where hooks find them.

APT_PACKAGES='git cmake gcc libc6-dev make pkg-config libgit2-dev libpcre2-dev libyaml-dev libjansson-dev libexpat1-dev'
DNF_PACKAGES='git cmake gcc make pkgconf-pkg-config libgit2-devel pcre2-devel libyaml-devel jansson-devel expat-devel'
PACMAN_PACKAGES='git cmake gcc make pkgconf libgit2 pcre2 libyaml jansson expat'
APK_PACKAGES='git cmake gcc musl-dev make pkgconf libgit2-dev pcre2-dev yaml-dev jansson-dev expat-dev'
BREW_PACKAGES='git cmake pkg-config libgit2 pcre2 libyaml jansson expat'

# What the tests need as well (scripts/test sets with_tests).
APT_TEST_PACKAGES='bats check valgrind'
DNF_TEST_PACKAGES='bats check-devel libasan libubsan valgrind'
PACMAN_TEST_PACKAGES='bash-bats check valgrind'
APK_TEST_PACKAGES='bats check-dev valgrind'
BREW_TEST_PACKAGES='bats-core check'

# The command that installs what is needed to build, or nothing where no
# package manager is known.
package_command() {
	sudo=
	[ "$(id -u)" = 0 ] || sudo='sudo '
	if command -v apt-get >/dev/null 2>&1; then
		say "${sudo}apt-get install -y --no-install-recommends $APT_PACKAGES${with_tests:+ $APT_TEST_PACKAGES}"
	elif command -v dnf >/dev/null 2>&1; then
		say "${sudo}dnf install -y $DNF_PACKAGES${with_tests:+ $DNF_TEST_PACKAGES}"
	elif command -v pacman >/dev/null 2>&1; then
		say "${sudo}pacman -S --needed --noconfirm $PACMAN_PACKAGES${with_tests:+ $PACMAN_TEST_PACKAGES}"
	elif command -v apk >/dev/null 2>&1; then
		say "${sudo}apk add $APK_PACKAGES${with_tests:+ $APK_TEST_PACKAGES}"
	elif command -v brew >/dev/null 2>&1; then
		say "brew install $BREW_PACKAGES${with_tests:+ $BREW_TEST_PACKAGES}"
	fi
}

# What is missing for a build, one name per line.
missing_for_build() {
	for tool in git cmake pkg-config${with_tests:+ bats}; do
		command -v "$tool" >/dev/null 2>&1 || say "$tool"
	done
	command -v "${CC:-cc}" >/dev/null 2>&1 || say 'a C compiler'
	command -v make >/dev/null 2>&1 || command -v ninja >/dev/null 2>&1 ||
		say make
	command -v pkg-config >/dev/null 2>&1 || return 0
	for library in $(sed -n \
		's/^pkg_check_modules([A-Z0-9]* REQUIRED IMPORTED_TARGET \([^ )]*\))/\1/p' \
		"$source/CMakeLists.txt" "$source/cmake/libgit2.cmake") ${with_tests:+check}; do
		pkg-config --exists "$library" || say "$library"
	done
}

install_packages() {
	missing=$(missing_for_build)
	[ -n "$missing" ] || return 0
	command=$(package_command)
	missing=$(printf %s "$missing" | tr '\n' ' ')
	[ -n "$command" ] ||
		refuse "cannot build: missing $missing" \
			'No package manager known here. See docs/building.md.'
	[ -n "$with_deps" ] ||
		refuse "cannot build: missing $missing" \
			"Install it:  $command" 'or run this again with --with-deps.'
	say "holdfast: $command"
	export DEBIAN_FRONTEND=noninteractive
	case $command in
	*apt-get*) ${command%% install*} update -q >&2 || true ;;
	esac
	$command >&2 || refuse 'the packages could not be installed'
	missing=$(missing_for_build)
	[ -z "$missing" ] ||
		refuse "still missing: $(printf %s "$missing" | tr '\n' ' ')"
}

# build: the programs below $source/build/install, quietly.
build() {
	install_packages
	log=$tmp/build.log
	jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)
	say 'holdfast: building …'
	{
		cmake -S "$source" -B "$source/build/install" \
			-DCMAKE_BUILD_TYPE=Release -DHOLDFAST_TESTS=OFF \
			-DCMAKE_INSTALL_PREFIX="$prefix" &&
			cmake --build "$source/build/install" -j "$jobs"
	} >"$log" 2>&1 || {
		tail -n 20 "$log" >&2
		refuse 'the build failed (its last lines are above)'
	}
}

# The programs go to $prefix.
install_program() {
	[ -n "$no_build" ] || {
		build
		cmake --install "$source/build/install" --prefix "$prefix" \
			>"$tmp/install.log" 2>&1 || {
			tail -n 5 "$tmp/install.log" >&2
			refuse "cannot install to $prefix" \
				'Name another folder with --prefix DIR.'
		}
	}
	libexec=$prefix/libexec/holdfast
	[ -x "$libexec/pre-commit" ] ||
		refuse "there is no program in $libexec" \
			'Run install.sh without --no-build.'
	"$prefix/bin/holdfast" --version >/dev/null 2>&1 ||
		refuse "$prefix/bin/holdfast does not run here" \
			'Is the folder mounted noexec? Name another with --prefix DIR.'
}
