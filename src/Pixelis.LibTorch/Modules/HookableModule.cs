namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that calls functions before and after its own.</summary>
        /// <typeparam name="TPreHook">A function called before, which may replace the inputs.</typeparam>
        /// <typeparam name="TPostHook">A function called after, which may replace the result.</typeparam>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            /// <summary>Functions called before.</summary>
            protected Dictionary<string, TPreHook> pre_hooks = [];

            /// <summary>Functions called after.</summary>
            protected Dictionary<string, TPostHook> post_hooks = [];

            /// <summary>Functions called before with the module alone.</summary>
            protected Dictionary<string, Action<Module>> module_pre_hooks = [];

            /// <summary>Functions called after with the module alone.</summary>
            protected Dictionary<string, Action<Module>> module_post_hooks = [];

            /// <summary>Creates a module without components.</summary>
            protected HookableModule(string name)
                : base(name)
            {
            }

            /// <summary>Adds a function that is called after.</summary>
            public HookRemover register_forward_hook(TPostHook hook) => new(this, Add(post_hooks, hook));

            /// <summary>Adds a function that is called before.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook) => new(this, Add(pre_hooks, hook));

            /// <summary>Adds a function that is called after with the module alone.</summary>
            public HookRemover register_forward_hook(Action<Module> hook) => new(this, Add(module_post_hooks, hook));

            /// <summary>Adds a function that is called before with the module alone.</summary>
            public HookRemover register_forward_pre_hook(Action<Module> hook) => new(this, Add(module_pre_hooks, hook));

            private protected void RunModuleHooks(Dictionary<string, Action<Module>> hooks)
            {
                foreach (Action<Module> hook in hooks.Values)
                    hook(this);
            }

            private void Remove(string key)
            {
                pre_hooks.Remove(key);
                post_hooks.Remove(key);
                module_pre_hooks.Remove(key);
                module_post_hooks.Remove(key);
            }

            private static string Add<T>(Dictionary<string, T> hooks, T hook)
            {
                ArgumentNullException.ThrowIfNull(hook);
                string key = Guid.NewGuid().ToString();
                hooks.Add(key, hook);
                return key;
            }

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                /// <summary>Creates the remover of a hook.</summary>
                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                /// <summary>Takes the hook away.</summary>
                public void remove() => _module.Remove(_key);
            }
        }
    }
}
