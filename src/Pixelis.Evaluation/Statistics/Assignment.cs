namespace Pixelis.Evaluation.Statistics;

/// <summary>The assignment problem: pairs of rows and columns, each used once, of least total cost.</summary>
internal static class Assignment
{
    /// <summary>
    /// Kuhn's Hungarian method with potentials, O(rows^2 columns).
    /// </summary>
    /// <param name="costs">Finite costs, rows by columns.</param>
    /// <returns>The column of each row, -1 for a row without; min(rows, columns) rows have one.</returns>
    public static int[] Solve(double[,] costs)
    {
        int rows = costs.GetLength(0), columns = costs.GetLength(1);
        if (rows <= columns)
            return SolveWide(rows, columns, (r, c) => costs[r, c]);
        int[] rowOf = SolveWide(columns, rows, (r, c) => costs[c, r]);
        var columnOf = new int[rows];
        Array.Fill(columnOf, -1);
        for (int column = 0; column < columns; column++)
            columnOf[rowOf[column]] = column;
        return columnOf;
    }

    // Rows and columns count from 1 here; column 0 stands for "none yet".
    private static int[] SolveWide(int rows, int columns, Func<int, int, double> cost)
    {
        var rowPotential = new double[rows + 1];
        var columnPotential = new double[columns + 1];
        var rowOf = new int[columns + 1];
        var before = new int[columns + 1];
        for (int row = 1; row <= rows; row++)
        {
            rowOf[0] = row;
            int column = 0;
            var slack = new double[columns + 1];
            Array.Fill(slack, double.PositiveInfinity);
            var visited = new bool[columns + 1];
            do
            {
                visited[column] = true;
                int current = rowOf[column], next = 0;
                double least = double.PositiveInfinity;
                for (int c = 1; c <= columns; c++)
                {
                    if (visited[c])
                        continue;
                    double reduced = cost(current - 1, c - 1) - rowPotential[current] - columnPotential[c];
                    if (reduced < slack[c])
                        (slack[c], before[c]) = (reduced, column);
                    if (slack[c] < least)
                        (least, next) = (slack[c], c);
                }
                for (int c = 0; c <= columns; c++)
                {
                    if (visited[c])
                        (rowPotential[rowOf[c]], columnPotential[c]) = (rowPotential[rowOf[c]] + least, columnPotential[c] - least);
                    else
                        slack[c] -= least;
                }
                column = next;
            }
            while (rowOf[column] != 0);
            for (; column != 0; column = before[column])
                rowOf[column] = rowOf[before[column]];
        }
        var columnOf = new int[rows];
        for (int c = 1; c <= columns; c++)
        {
            if (rowOf[c] != 0)
                columnOf[rowOf[c] - 1] = c - 1;
        }
        return columnOf;
    }
}
