namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that can be called with one input.</summary>
        /// <typeparam name="T">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public interface IModule<T, TResult>
        {
            /// <summary>Calls the module.</summary>
            TResult call(T input1);
        }

        /// <summary>A module with one input. Call it with <see cref="call"/>, which runs the hooks.</summary>
        /// <typeparam name="T">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class Module<T, TResult> : HookableModule<
            Func<Module<T, TResult>, T, T>,
            Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            /// <summary>Creates a module without components.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T input);

            /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
            public TResult call(T input)
            {
                foreach (Func<Module<T, TResult>, T, T> hook in pre_hooks.Values)
                    input = hook(this, input) is { } changed ? changed : input;
                RunModuleHooks(module_pre_hooks);
                TResult result = forward(input);
                foreach (Func<Module<T, TResult>, T, TResult, TResult> hook in post_hooks.Values)
                    result = hook(this, input, result) is { } changed ? changed : result;
                RunModuleHooks(module_post_hooks);
                return result;
            }
        }

        /// <summary>Something that can be called with two inputs.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public interface IModule<T1, T2, TResult>
        {
            /// <summary>Calls the module.</summary>
            TResult call(T1 input1, T2 input2);
        }

        /// <summary>A module with two inputs. Call it with <see cref="call"/>, which runs the hooks.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class Module<T1, T2, TResult> : HookableModule<
            Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?>,
            Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult>>, IModule<T1, T2, TResult>
        {
            /// <summary>Creates a module without components.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2);

            /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
            public TResult call(T1 input1, T2 input2)
            {
                foreach (Func<Module<T1, T2, TResult>, T1, T2, (T1, T2)?> hook in pre_hooks.Values)
                    if (hook(this, input1, input2) is { } changed)
                        (input1, input2) = changed;
                RunModuleHooks(module_pre_hooks);
                TResult result = forward(input1, input2);
                foreach (Func<Module<T1, T2, TResult>, T1, T2, TResult, TResult> hook in post_hooks.Values)
                    result = hook(this, input1, input2, result) is { } changed ? changed : result;
                RunModuleHooks(module_post_hooks);
                return result;
            }
        }

        /// <summary>Something that can be called with three inputs.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public interface IModule<T1, T2, T3, TResult>
        {
            /// <summary>Calls the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3);
        }

        /// <summary>A module with three inputs. Call it with <see cref="call"/>, which runs the hooks.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class Module<T1, T2, T3, TResult> : HookableModule<
            Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?>,
            Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult>>, IModule<T1, T2, T3, TResult>
        {
            /// <summary>Creates a module without components.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3);

            /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3)
            {
                foreach (Func<Module<T1, T2, T3, TResult>, T1, T2, T3, (T1, T2, T3)?> hook in pre_hooks.Values)
                    if (hook(this, input1, input2, input3) is { } changed)
                        (input1, input2, input3) = changed;
                RunModuleHooks(module_pre_hooks);
                TResult result = forward(input1, input2, input3);
                foreach (Func<Module<T1, T2, T3, TResult>, T1, T2, T3, TResult, TResult> hook in post_hooks.Values)
                    result = hook(this, input1, input2, input3, result) is { } changed ? changed : result;
                RunModuleHooks(module_post_hooks);
                return result;
            }
        }

        /// <summary>Something that can be called with four inputs.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="T4">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public interface IModule<T1, T2, T3, T4, TResult>
        {
            /// <summary>Calls the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4);
        }

        /// <summary>A module with four inputs. Call it with <see cref="call"/>, which runs the hooks.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="T4">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class Module<T1, T2, T3, T4, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?>,
            Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult>>, IModule<T1, T2, T3, T4, TResult>
        {
            /// <summary>Creates a module without components.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4);

            /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4)
            {
                foreach (Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, (T1, T2, T3, T4)?> hook in pre_hooks.Values)
                    if (hook(this, input1, input2, input3, input4) is { } changed)
                        (input1, input2, input3, input4) = changed;
                RunModuleHooks(module_pre_hooks);
                TResult result = forward(input1, input2, input3, input4);
                foreach (Func<Module<T1, T2, T3, T4, TResult>, T1, T2, T3, T4, TResult, TResult> hook in post_hooks.Values)
                    result = hook(this, input1, input2, input3, input4, result) is { } changed ? changed : result;
                RunModuleHooks(module_post_hooks);
                return result;
            }
        }

        /// <summary>Something that can be called with five inputs.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="T4">Input.</typeparam>
        /// <typeparam name="T5">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public interface IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>Calls the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);
        }

        /// <summary>A module with five inputs. Call it with <see cref="call"/>, which runs the hooks.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="T4">Input.</typeparam>
        /// <typeparam name="T5">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class Module<T1, T2, T3, T4, T5, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?>,
            Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult>>, IModule<T1, T2, T3, T4, T5, TResult>
        {
            /// <summary>Creates a module without components.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5);

            /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5)
            {
                foreach (Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, (T1, T2, T3, T4, T5)?> hook in pre_hooks.Values)
                    if (hook(this, input1, input2, input3, input4, input5) is { } changed)
                        (input1, input2, input3, input4, input5) = changed;
                RunModuleHooks(module_pre_hooks);
                TResult result = forward(input1, input2, input3, input4, input5);
                foreach (Func<Module<T1, T2, T3, T4, T5, TResult>, T1, T2, T3, T4, T5, TResult, TResult> hook in post_hooks.Values)
                    result = hook(this, input1, input2, input3, input4, input5, result) is { } changed ? changed : result;
                RunModuleHooks(module_post_hooks);
                return result;
            }
        }

        /// <summary>Something that can be called with six inputs.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="T4">Input.</typeparam>
        /// <typeparam name="T5">Input.</typeparam>
        /// <typeparam name="T6">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public interface IModule<T1, T2, T3, T4, T5, T6, TResult>
        {
            /// <summary>Calls the module.</summary>
            TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);
        }

        /// <summary>A module with six inputs. Call it with <see cref="call"/>, which runs the hooks.</summary>
        /// <typeparam name="T1">Input.</typeparam>
        /// <typeparam name="T2">Input.</typeparam>
        /// <typeparam name="T3">Input.</typeparam>
        /// <typeparam name="T4">Input.</typeparam>
        /// <typeparam name="T5">Input.</typeparam>
        /// <typeparam name="T6">Input.</typeparam>
        /// <typeparam name="TResult">Result.</typeparam>
        public abstract class Module<T1, T2, T3, T4, T5, T6, TResult> : HookableModule<
            Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?>,
            Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult>>, IModule<T1, T2, T3, T4, T5, T6, TResult>
        {
            /// <summary>Creates a module without components.</summary>
            protected Module(string name)
                : base(name)
            {
            }

            /// <summary>What the module computes.</summary>
            public abstract TResult forward(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6);

            /// <summary>Runs the hooks and <see cref="forward"/>.</summary>
            public TResult call(T1 input1, T2 input2, T3 input3, T4 input4, T5 input5, T6 input6)
            {
                foreach (Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, (T1, T2, T3, T4, T5, T6)?> hook in pre_hooks.Values)
                    if (hook(this, input1, input2, input3, input4, input5, input6) is { } changed)
                        (input1, input2, input3, input4, input5, input6) = changed;
                RunModuleHooks(module_pre_hooks);
                TResult result = forward(input1, input2, input3, input4, input5, input6);
                foreach (Func<Module<T1, T2, T3, T4, T5, T6, TResult>, T1, T2, T3, T4, T5, T6, TResult, TResult> hook in post_hooks.Values)
                    result = hook(this, input1, input2, input3, input4, input5, input6, result) is { } changed ? changed : result;
                RunModuleHooks(module_post_hooks);
                return result;
            }
        }
    }
}
