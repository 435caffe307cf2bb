# The hot loops are written on GCC's vector extension; each table_*.cpp raises its own target by a pragma.
set_source_files_properties(${kernel_sources} PROPERTIES COMPILE_OPTIONS "-fno-trapping-math;-Wno-psabi")
