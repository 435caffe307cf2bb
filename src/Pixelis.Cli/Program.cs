Console.WriteLine("pixelis");
